"""What programmes can be asked. Reads only."""

from shuxiang.programmes.queries.house import HouseRules, see_rules

__all__ = ["HouseRules", "see_rules"]
