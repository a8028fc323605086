"""x"""
def run() -> None:
    """x"""
def compare() -> None:
    """x"""
