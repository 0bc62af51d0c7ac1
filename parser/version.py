"""The one place that states the version of the package and of the JSON it promises."""

__version__ = "0.1.0"

#: Version of the JSON contract (`Trial.schema_version`). Adding a field or an enum value is a minor version.
SCHEMA_VERSION = "1.0.0"
