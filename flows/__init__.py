"""Top floor: Prefect flows and the command line. Orchestration only."""
