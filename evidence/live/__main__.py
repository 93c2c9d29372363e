"""``python -m evidence.live``: the authors' loop, which starts whatever is wrong with the rest of the package."""

from evidence.live.supervisor import main

if __name__ == "__main__":
    main()
