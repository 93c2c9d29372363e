"""Accessibility of what opens on a page, and faults planted to see that they are found."""

from __future__ import annotations

import pytest

from tests.site.axe import SCRIPTS, TAGS, Passed, violations

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def tab(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_open_parts_have_no_violation(tab, address):
    tab.goto(address + "chapters/education/register.html")
    tab.set_viewport_size({"width": 1300, "height": 900})
    tab.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true })")
    tab.locator("a.record").first.click()
    tab.locator("#card:popover-open").wait_for()
    assert not violations(tab)


def test_open_filters_and_an_open_record_have_no_violation(tab, address):
    tab.goto(address + "chapters/reference/finder.html?theme=bullying&headings=document")
    tab.set_viewport_size({"width": 1300, "height": 900})
    tab.locator(".found details.card").first.wait_for()
    tab.locator(".options").evaluate("node => { node.open = true }")
    for summary in tab.locator(".facet:not([hidden]) > summary").all()[:4]:
        summary.click()
    tab.locator(".found details.card > summary").first.click()
    tab.locator(".found .ways").first.wait_for()
    assert not violations(tab)


def test_results_of_the_search_have_no_violation(tab, address):
    tab.goto(address + "search.html?q=буллинг&kind=fact")
    tab.locator("#search-results li").first.wait_for()
    assert not violations(tab)
    tab.goto(address + "chapters/education/register.html")
    tab.set_viewport_size({"width": 1300, "height": 900})
    tab.locator("#q").fill("буллинг")
    tab.locator(".results li").first.wait_for()
    assert not violations(tab)


def test_the_drawer_of_a_phone_has_no_violation(tab, address):
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto(address + "chapters/education/register.html")
    tab.locator(".contents > summary").click()
    assert not [rule for rule in violations(tab) if "(phone)" in rule]


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("all", {"light", "dark", "phone"}),
        ("(prefers-color-scheme: light)", {"light", "phone"}),
        ("(prefers-color-scheme: dark)", {"dark"}),
        ("(max-width: 400px)", {"phone"}),
    ],
)
def test_a_planted_fault_is_found_in_the_mode_it_shows_in(tab, address, query, seen):
    tab.goto(address + "index.html")
    rule = f"@media {query} {{ main p {{ color: #777 !important; background: #888 !important }} }}"
    sheet = "rule => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rule); return sheet }"
    tab.evaluate(f"rule => {{ document.adoptedStyleSheets = [({sheet})(rule)] }}", rule)
    found = [rule for rule in violations(tab) if rule.startswith("color-contrast")]
    assert {rule.split("(")[1].split(")")[0] for rule in found} == seen


def test_the_open_evidence_map_has_no_violation(tab, address):
    tab.set_viewport_size({"width": 1300, "height": 900})
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        tab.goto(address + "chapters/synthesis/evidence-map.html?across=group&evidence=interviews")
        tab.locator(".map table[aria-busy=false]").wait_for()
        assert not violations(tab), scheme
    tab.emulate_media(color_scheme="light")


# --- what has passed before is not asked again: a fault makes it another thing ---------------------------------------

ALIKE = ["chapters/education/register.html", "chapters/reference/services.html", "chapters/reference/finder.html"]
APPEND = "node => document.querySelector('article').insertAdjacentHTML('beforeend', node)"
MADE = {  # rule: markup that breaks it, put at the end of the text of a page
    "aria-allowed-attr": "<p><a href='#' aria-checked='true'>Here</a></p>",
    "aria-command-name": "<div role='button' tabindex='0'></div>",
    "aria-hidden-focus": "<div aria-hidden='true'><a href='#'>Here</a></div>",
    "aria-input-field-name": "<div role='textbox' tabindex='0'></div>",
    "aria-prohibited-attr": "<p><code role='code' aria-label='Words'></code></p>",
    "aria-required-attr": "<div role='checkbox' tabindex='0'>Here</div>",
    "aria-required-children": "<div role='list'><p>Here</p></div>",
    "aria-required-parent": "<p role='listitem'>Here</p>",
    "aria-roles": "<p role='buton'>Here</p>",
    "aria-valid-attr": "<p aria-labeled='x'>Here</p>",
    "aria-valid-attr-value": "<button type='button' aria-expanded='maybe'>Here</button>",
    "button-name": "<button type='button'></button>",
    "definition-list": "<dl><p>Here</p></dl>",
    "image-alt": "<img src='data:,'>",
    "label": "<input type='text'>",
    "landmark-no-duplicate-main": "<main>Here</main>",
    "landmark-unique": "<nav aria-label='A'><a href='#'>Here</a></nav><nav aria-label='A'><a href='#'>Here</a></nav>",
    "link-name": "<p>See <a href='#'></a></p>",
    "list": "<ul><p>Here</p></ul>",
    "listitem": "<div><li>Here</li></div>",
    "nested-interactive": "<div role='button' tabindex='0'>Here <a href='#'>there</a></div>",
    "role-img-alt": "<div role='img'></div>",
    "scope-attr-valid": "<table><tr><th scope='both'>A</th></tr><tr><td>1</td></tr></table>",
    "select-name": "<select><option>A</option></select>",
    "summary-name": "<details><summary></summary>Here</details>",
    "svg-img-alt": "<svg role='img' width='9' height='9'></svg>",
    "tabindex": "<p tabindex='3'>Here</p>",
    "td-headers-attr": "<table><tr><th id='a'>A</th></tr><tr><td headers='nowhere'>1</td></tr></table>",
    "valid-lang": "<p lang='xx-nowhere'>Here</p>",
}
CHANGED = {  # rule: what is done to what the page has
    "aria-hidden-body": "document.body.ariaHidden = 'true'",
    "aria-hidden-focus of a plain element": "document.querySelector('main p:has(a)').ariaHidden = 'true'",
    "color-contrast": "document.querySelector('main p').style.color = '#aaa'",
    "color-contrast of what it stands on": "document.querySelector('article').style.background = '#888'",
    "color-contrast of faded words": "document.querySelector('article').style.opacity = 0.4",
    "color-contrast of smaller words": """for (const node of document.querySelectorAll('h1, main p')) {
        node.style.color = '#8a8a8a'
        node.style.fontWeight = 400
    }""",
    "document-title": "document.title = ''",
    "empty-heading": "document.querySelector('h2').textContent = ''",
    "heading-order": "document.querySelector('h2').outerHTML = '<h5>Here</h5>'",
    "heading-order of the last": "[...document.querySelectorAll('main h2')].at(-1).outerHTML = '<h6>Here</h6>'",
    "html-has-lang": "document.documentElement.removeAttribute('lang')",
    "link-in-text-block": """document.querySelector('main p').innerHTML = 'Some words and <a href="#">a link</a>.'
        const link = document.querySelector('main p a')
        Object.assign(link.style, { textDecoration: 'none', border: 'none', background: 'none', color: '#111' })
        link.parentElement.style.color = '#000'""",
    "list with items in plain elements": "document.querySelector('main ul').innerHTML = '<div><li>Here</li></div>'",
    "listitem in a plain element": "document.querySelector('main ul').innerHTML = '<div><li>Here</li></div>'",
    "meta-viewport": "document.querySelector('meta[name=viewport]').content = 'user-scalable=no'",
    "page-has-heading-one": "document.querySelector('h1').outerHTML = '<h2>Here</h2>'",
    "region": "document.body.insertAdjacentHTML('beforeend', '<p>Words outside of everything</p>')",
    "scrollable-region-focusable": """const node = document.querySelector('main p:not(:has(a))')
        node.style.cssText = 'overflow: auto; height: 1em; width: 40px'""",
    "target-size": """document.querySelector('article').insertAdjacentHTML('beforeend',
        '<div><button type="button" class="s">a</button><button type="button" class="s">b</button></div>')
        for (const node of document.querySelectorAll('.s')) {
          node.style.cssText = 'all: initial; display: inline-block; width: 9px; height: 9px; font-size: 8px'
        }""",
}


@pytest.fixture(scope="module")
def used_tab(tab, address):
    """Return a tab that has been on pages with everything a page is made of, so that all of it has passed."""
    for page in ALIKE:
        tab.goto(address + page)
        assert not violations(tab)
    return tab


def rules_of(tab) -> set[str]:
    """Return the rules that a page violates on a phone."""
    return {said.split()[0] for said in violations(tab, ("phone",))}


def whole(tab) -> set[str]:
    """Return the rules that axe finds violated when it is asked of all that is there."""
    tab.evaluate(SCRIPTS[0].read_text(encoding="utf-8"))
    run = tab.evaluate("tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", TAGS)
    return {one["id"] for one in run["violations"]}


def test_what_breaks_a_rule_is_found_among_what_has_passed(used_tab, address):
    used_tab.goto(address + ALIKE[0])
    for made in MADE.values():
        used_tab.evaluate(APPEND, made)
    found = rules_of(used_tab)
    assert set(MADE) - found == set() == whole(used_tab) - found


@pytest.mark.parametrize("fault", CHANGED)
def test_what_is_changed_is_asked_again(used_tab, address, fault):
    used_tab.goto(address + ALIKE[0])
    used_tab.evaluate(f"() => {{ {CHANGED[fault]} }}")
    found = rules_of(used_tab)
    assert fault.split()[0] in found and whole(used_tab) <= found


def test_a_page_that_has_passed_is_not_asked_again(used_tab, address):
    used_tab.goto(address + ALIKE[0])
    assert not violations(used_tab, ("phone",))
    assert not used_tab.evaluate("'axe' in window")


def test_workers_tell_each_other_what_has_passed_and_nothing_else(tmp_path):
    one, two, alone = Passed(), Passed(), Passed()
    one.add(["look before"])
    one.share(tmp_path / "passed.txt")
    two.share(tmp_path / "passed.txt")
    two.add(["kind a"])
    names = ["look before", "kind a", "kind b"]
    assert one.without(names) == two.without(names) == ["kind b"]
    with (tmp_path / "passed.txt").open("a") as other:
        other.write("kind b")  # and not yet the end of the line
        other.flush()
        assert one.without(names) == ["kind b"]
        other.write("2\n")
    assert one.without([*names, "kind b2"]) == ["kind b"] and alone.without(names) == names
