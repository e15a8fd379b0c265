"""`python -m qbank` is `qbank`."""

from qbank.cli import main

if __name__ == "__main__":
    main()
