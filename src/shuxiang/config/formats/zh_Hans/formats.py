"""A month is written without a zero before it: 1月15日."""

MONTH_DAY_FORMAT = "n月j日"
