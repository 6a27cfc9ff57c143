"""Rules D: what can be seen only across the departments of a county 「跨部门」."""
