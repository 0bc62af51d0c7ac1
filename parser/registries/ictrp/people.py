"""People in the portal's records: contacts whose fields are lists joined with semicolons, and ethics committees.

Empty places are kept in some lists and dropped in others. Lists of one length belong together place by place; a list
of another length cannot be shared out, and is kept whole.
"""

from __future__ import annotations

from parser.normalize.dates import DateOrder
from parser.registries.ictrp.columns import Row
from parser.registries.ictrp.values import ContactField, Value, add_contact, add_ethics, joined, part, put_extra
from parser.registries.record import RecordBuilder

_FIELDS: tuple[ContactField, ...] = ("address", "email", "phone", "affiliation")


def read_contacts(record: RecordBuilder, row: Row) -> None:
    """Add the people to write to."""
    for prefix in ("contact", "public", "scientific"):
        role = prefix if prefix != "contact" else None
        names = {part_of: row.get(f"{prefix}_{part_of}") for part_of in ("first", "last")}
        columns = {name: value for name in _FIELDS if (value := row.get(f"{prefix}_{name}")) is not None}
        if columns or any(names.values()):
            _share_out(record, names, columns, role)


def _share_out(
    record: RecordBuilder, names: dict[str, Value | None], columns: dict[ContactField, Value], role: str | None
) -> None:
    parts = {key: _parts(value) for key, value in names.items() if value is not None}
    count = max((len(one) for one in parts.values()), default=1)
    lists = {name: _parts(value) for name, value in columns.items()}
    if not parts:
        count = max((len(one) for one in lists.values() if len(one) > 1), default=1)
    unaligned = [names[key] for key, one in parts.items() if len(one) != count]
    unaligned += [columns[name] for name, one in lists.items() if count > 1 and len(one) != count]
    for place in range(count):
        fields: dict[ContactField, Value] = {}
        if name := joined([one[place] for one in parts.values() if len(one) == count]):
            fields["name"] = name
        for key, one in lists.items():
            if count == 1:
                fields[key] = columns[key]
            elif len(one) == count:
                fields[key] = one[place]
        if add_contact(record, fields) and role is not None:
            record.set(f"/contacts/{len(record.get('/contacts')) - 1}/role", role)
    for value in unaligned:
        if value is not None:
            record.note("value_owner_unclear", pointer="/contacts", found=value.words[:200], label=value.label)
            put_extra(record, value)


def _parts(value: Value) -> list[Value]:
    return [part(value, words) for words in value.text.split(";")]


def read_ethics(record: RecordBuilder, row: Row, order: DateOrder) -> None:
    """Add the ethics reviews: one, or as many as each of the lists has places."""
    columns = {
        name: value
        for name in ("status", "date", "name", "address", "phone", "email")
        if (value := row.get(f"ethics_{name}")) is not None
    }
    lists = {name: _parts(value) for name, value in columns.items()}
    count = max((len(one) for one in lists.values()), default=0)
    if any(len(one) != count for one in lists.values()):
        count = min(count, 1)
    for place in range(count):
        one = columns if count == 1 else {name: values[place] for name, values in lists.items()}
        contact: dict[ContactField, Value] = {
            field: one[field] for field in ("name", "address", "phone", "email") if field in one
        }
        if "name" in contact and "email" in contact and contact["name"].words == contact["email"].words:
            del contact["name"]
        add_ethics(record, one.get("status"), one.get("date"), contact, order)
