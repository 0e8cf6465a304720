"""The only place that builds real things, tables, fonts, clock, log, and hands them on."""
