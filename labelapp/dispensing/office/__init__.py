"""The office: the records of the pharmacy as people use them; roles and audit are asked here."""
