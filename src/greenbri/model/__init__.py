"""What greenbri reasons about: rules, projects, findings, assessments. Frozen, without input or output."""
