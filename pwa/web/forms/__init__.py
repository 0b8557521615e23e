"""What people type: read field by field into a frozen dataclass, or said back with what is wrong."""
