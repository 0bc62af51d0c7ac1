"""What a run did, in numbers: counted a shard at a time, and added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from parser.models import Eligibility, ParseResult
from parser.store.rows import understood


@dataclass
class Summary:
    """What became of some records.

    Attributes:
        records: Records read, whatever became of them.
        parsed: With a trial.
        partial: With a trial and a finding of severity error; counted in `parsed`, too.
        failed: Without a trial.
        skipped: Left out: members of archives that are no files, records beyond a limit.
        bytes: Of the records.
        diagnostics: Findings and failures by their code.
        criteria: Criteria at the top that are rules.
        structured: Of these, those that became a rule as a whole.
        structured_in_part: Of these, those of which some words were kept as they are.
        asked: Criteria, nested ones too, whose words were to be read.
        repeated: Of these, those whose words were known already.
        cpu_seconds: Of the processes that did the work.
    """

    records: int = 0
    parsed: int = 0
    partial: int = 0
    failed: int = 0
    skipped: int = 0
    bytes: int = 0
    diagnostics: Counter[str] = field(default_factory=Counter)
    criteria: int = 0
    structured: int = 0
    structured_in_part: int = 0
    asked: int = 0
    repeated: int = 0
    cpu_seconds: float = 0.0

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Summary:
        """Read what `as_dict` returned."""
        return cls(**{**data, "diagnostics": Counter(data["diagnostics"])})

    def as_dict(self) -> dict[str, Any]:
        """Return the numbers by their names, codes in alphabetical order."""
        return {**asdict(self), "diagnostics": dict(sorted(self.diagnostics.items()))}

    def count(self, result: ParseResult, size: int) -> None:
        """Count a record of so many bytes."""
        self.records += 1
        self.bytes += size
        self.diagnostics.update(found.code for found in result.diagnostics)
        self.skipped += result.status == "skipped"
        self.failed += result.status == "failed"
        if result.trial is not None:
            self.parsed += 1
            self.partial += result.status == "partial"
            self._count_criteria(result.trial.eligibility)

    def _count_criteria(self, eligibility: Eligibility) -> None:
        for criterion in eligibility.criteria:
            if criterion.role == "rule":
                self.criteria += 1
                how_much = understood(criterion.rule)
                self.structured += how_much == "whole"
                self.structured_in_part += how_much == "part"

    def add(self, other: Summary) -> None:
        """Add another's numbers."""
        for name, value in vars(other).items():
            if isinstance(value, Counter):
                self.diagnostics.update(value)
            else:
                setattr(self, name, getattr(self, name) + value)

    def lines(self) -> list[str]:
        """Return the numbers as lines to read."""
        lines = [
            f"records      {self.records:,}: {self.parsed:,} parsed, {self.failed:,} failed, {self.skipped:,} skipped"
        ]
        if self.asked and self.criteria:
            whole, part = self.structured / self.criteria, self.structured_in_part / self.criteria
            lines.append(f"criteria     {self.criteria:,}: {whole:.1%} are rules, {part:.1%} in part")
        if self.asked:
            lines.append(f"repeated     {self.repeated / self.asked:.1%} of {self.asked:,} criteria were known already")
        lines += [f"diagnostics  {count:,} {code}" for code, count in self.diagnostics.most_common()]
        if self.cpu_seconds:
            lines.append(
                f"CPU time     {self.cpu_seconds:,.1f} s, {self.records / self.cpu_seconds:,.0f} records a second"
            )
        return lines
