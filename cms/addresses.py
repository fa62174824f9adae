"""How numbers stand in addresses."""

from django.urls.converters import IntConverter

LARGEST = 2**63 - 1


class IdConverter(IntConverter):
    """A row's number. One that no database can hold is the largest, which no row ever has."""

    def to_python(self, value: str) -> int:
        return min(super().to_python(value), LARGEST)
