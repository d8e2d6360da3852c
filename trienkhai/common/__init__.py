"""What has no domain: verdicts, paths, folding of text, working days, the clock, pages for htmx, slots, components."""
