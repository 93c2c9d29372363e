"""Tables of the part on education, a module a chapter."""

OUT_OF_SCHOOL = "antonowicz2013oosc"  # the one study that the chapters on children out of school rest on
INCLUSION = "gurin2023tale"  # the one document that the chapters on inclusive education rest on
REMOTE = "covidgender2021"  # the one study that the chapters on schooling under COVID-19 rest on
