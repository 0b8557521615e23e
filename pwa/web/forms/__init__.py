"""What people type: read field by field into a frozen dataclass, or given back."""
