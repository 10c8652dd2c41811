"""What any school system needs: schools and their scope, accounts, audit, numbers, jobs, backup."""
