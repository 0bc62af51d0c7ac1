"""The vocabulary that comes with the package: measurements with their LOINC codes."""

from __future__ import annotations

from parser.models.values import Code
from parser.vocabulary.interface import Domain
from parser.vocabulary.measurements import measured

LOINC = "LOINC"


class MeasurementVocabulary:
    """The table of measurements as a vocabulary; it knows one code a name, and nothing outside its domain.

    Example:
        >>> MeasurementVocabulary().codes("serum creatinine", domain="Measurement")[0].code
        '2160-0'
    """

    def lookup(self, name: str, *, domain: Domain | None = None) -> list[Code]:
        """Return the LOINC code of a measurement; none for other names and domains."""
        row = measured(name) if domain in ("Measurement", None) else None
        if row is None or row.loinc is None:
            return []
        return [Code(system=LOINC, code=row.loinc, display=row.display)]

    def codes(self, name: str, *, domain: Domain | None = None) -> list[Code]:
        """Return the LOINC code of what is surely meant as a measurement."""
        return self.lookup(name, domain=domain) if domain == "Measurement" else []
