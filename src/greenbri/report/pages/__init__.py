"""The pages of a report: what HTML and PDF show, section by section, from an assessment and one set of templates."""
