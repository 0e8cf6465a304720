"""The format of a file is told by what stands in it."""

from __future__ import annotations

import json

import pytest

from labelapp.intake.recognise import read_file
from labelapp.rx.errors import UnreadableFile
from tests.intake.messages import titration


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"MSH|^~\\&|A|B|C|D|20261120||RDE^O11|1|P|2.5\r", "HL7 v2"),
        (b"UNA:+./*'UIB+UNOA:0", "EDIFACT"),
        (b'<?xml version="1.0"?><Message><Body><NewRx/></Body></Message>', "NCPDP SCRIPT"),
        (b'<Bundle xmlns="http://hl7.org/fhir"/>', "FHIR XML"),
        (b'<ClinicalDocument xmlns="urn:hl7-org:v3"/>', "C-CDA"),
        (b"<html></html>", "XML"),
        (b"name,drug,sig\nA,B,C\n", "CSV"),
        (b"name\tdrug\tsig\nA\tB\tC\n", "CSV"),
        (b"%PDF-1.7\n\xff", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"PK\x03\x04\x00", "ZIP"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_format_that_is_not_read_yet_is_named(data, named):
    with pytest.raises(UnreadableFile) as refused:
        read_file("prescription.json", data)
    assert (refused.value.code, refused.value.values["format"]) == ("file.not-read-yet", named)


def test_the_name_of_a_file_decides_nothing():
    assert read_file("scan.pdf", json.dumps(titration()).encode())[0].source == "FHIR R4"
    assert read_file("x.xml", b'{"format": "labelapp/1"}')[0].source == "labelapp/1"
