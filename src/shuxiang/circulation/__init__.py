"""Loans, returns, renewals, holds, in-room use, class visits, and the policy of lending."""
