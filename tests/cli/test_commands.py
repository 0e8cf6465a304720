"""The command line, as a person or a script at another pharmacy would use it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.cli.typed import EXAMPLES, TODAY, example


def test_a_titration_is_read_into_dated_steps(run: Any) -> None:
    code, out, _ = run(
        "sig", "1 cap po qhs x7d then 2 caps po qhs x7d then 3 caps po qhs",
        "--form", "capsule", "--strength", "1.5 mg", "--days", "30", "--json",
    )  # fmt: skip
    said = json.loads(out)
    assert (code, said["status"]) == (0, "ok")
    assert said["units_for_days"] == "69"
    assert [(s["start_day"], s["end_day"], s["dose"]["low"], s["dose_mg"]) for s in said["steps"]] == [
        ("1", "7", "1", "1.5"), ("8", "14", "2", "3"), ("15", None, "3", "4.5"),
    ]  # fmt: skip
    assert said["steps"][0]["when"] == ["bedtime"]
    assert said["lines"] == [
        "Days 1 to 7: Take 1 capsule at bedtime",
        "Days 8 to 14: Take 2 capsules at bedtime",
        "Day 15 and after: Take 3 capsules at bedtime",
    ]


@pytest.mark.parametrize(
    ("text", "strength"),
    [("1,5 mg po qhs", "1.5 mg"), ("as directed", "1.5 mg"), ("2 mg po qhs", "1.5 mg")],
)
def test_an_unsure_sig_is_a_question_and_exits_3(run: Any, text: str, strength: str) -> None:
    code, out, _ = run("sig", text, "--form", "capsule", "--strength", strength, "--json")
    said = json.loads(out)
    assert code == 3
    assert said["status"] in {"ask", "refused"}
    assert any(each["severity"] in {"ASK", "STOP"} for each in said["findings"])
    assert all(each["message"] for each in said["findings"])


def test_the_strength_may_be_a_concentration(run: Any) -> None:
    code, out, _ = run(
        "sig", "take 0.5 mL po qhs", "--form", "oral solution", "--strength", "5 mg/5 mL", "--json"
    )
    assert code == 0
    assert json.loads(out)["steps"][0]["dose_mg"] == "0.5"


def test_a_prescription_is_checked_with_its_bud_and_reason(run: Any) -> None:
    code, out, _ = run("check", example("02"), *TODAY, "--json")
    (assessment,) = json.loads(out)["assessments"]
    assert code == 0
    assert assessment["jurisdiction"] == "CA"
    assert assessment["bud"]["last_day"] == "2027-05-14"
    assert "180" in assessment["bud"]["reason"]
    assert [each["id"] for each in assessment["auxiliary"] if each["on"]]


def test_check_says_what_the_label_would_lack(run: Any, tmp_path: Path) -> None:
    whole = json.loads(example("01").read_text("utf-8"))
    del whole["pharmacy"]["phone"]
    bare = tmp_path / "no-phone.json"
    bare.write_text(json.dumps(whole))
    code, _, err = run("check", bare, *TODAY)
    assert code == 3
    assert "STOP" in err
    assert "no answer helps" in err


def test_a_dose_that_must_be_refused_is(run: Any, tmp_path: Path) -> None:
    output = tmp_path / "out.pdf"
    code, out, _ = run("render", example("07"), "-o", output, *TODAY, "--json")
    (refused,) = json.loads(out)["refused"]
    assert code == 3
    assert not output.exists()
    assert any(each["severity"] == "STOP" for each in refused["findings"])


def test_each_file_of_a_batch_stands_alone(run: Any, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{")
    output = tmp_path / "out.pdf"
    files = [*sorted(EXAMPLES.glob("*.json")), bad]
    code, out, _ = run("render", *files, "-o", output, *TODAY, "--stock", "thermal-4x3", "--json")
    said = json.loads(out)
    assert code == 3
    assert [Path(each["file"]).name[:2] for each in said["labels"]] == [
        "01", "02", "03", "04", "05", "06", "09", "10"
    ]  # fmt: skip
    assert [Path(each["file"]).name[:2] for each in said["refused"]] == ["07", "08", "ba"]
    pages = sum(int(each["pages"]) for each in said["labels"])
    with pypdfium2.PdfDocument(output.read_bytes()) as pdf:
        assert len(pdf) == pages
    for label in said["labels"]:
        assert label["proof"] == "passed"
        assert label["sample"] is True
        assert {each["symbology"] for each in label["marks"]} >= {"datamatrix"}
        assert all(each["why"] for each in label["lines"])
        assert any("SAMPLE" in each["text"] for each in label["lines"])


def test_the_same_prescription_is_the_same_bytes(run: Any, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        run("render", example("01"), "-o", tmp_path / name, *TODAY)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_stock_too_small_is_refused_and_the_next_one_named(run: Any, tmp_path: Path) -> None:
    output = tmp_path / "out.pdf"
    code, _, err = run("render", example("02"), "-o", output, *TODAY, "--stock", "dymo-30252")
    assert code == 3
    assert not output.exists()
    assert "Nothing was written" in err


@pytest.mark.parametrize(
    ("option", "value"), [("--stock", "papyrus"), ("--dpi", "72"), ("--jurisdiction", "ZZ")]
)
def test_an_unknown_choice_is_named(run: Any, tmp_path: Path, option: str, value: str) -> None:
    code, _, err = run("render", example("01"), "-o", tmp_path / "o.pdf", *TODAY, option, value)
    assert code == 3
    assert value in err


def test_a_folder_that_is_not_there_is_the_machines_trouble(run: Any, tmp_path: Path) -> None:
    code, _, err = run("render", example("01"), "-o", tmp_path / "no" / "o.pdf", *TODAY)
    assert code == 4
    assert "folder" in err


def test_what_a_file_leaves_out_can_stand_beside_it(run: Any, tmp_path: Path) -> None:
    whole = json.loads(example("01").read_text("utf-8"))
    parts = {
        "pharmacy": ("pharmacy",),
        "fill": ("fill", "lots", "safety"),
    }
    options: list[str | Path] = []
    for name, keys in parts.items():
        beside = {"format": whole["format"], **{key: whole.pop(key) for key in keys}}
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(beside))
        options += [f"--{name}", path]
    bare = tmp_path / "rx.json"
    bare.write_text(json.dumps(whole))
    assert run("render", bare, "-o", tmp_path / "o.pdf", *TODAY)[0] == 3
    assert run("render", bare, "-o", tmp_path / "o.pdf", *TODAY, *options)[0] == 0


def test_answers_of_one_prescription_are_never_given_to_another(run: Any, tmp_path: Path) -> None:
    beside = tmp_path / "fill.json"
    beside.write_text(json.dumps({"format": "labelapp/1", "safety": {"opioid": "no"}}))
    for option in ("--fill", "--decisions"):
        code, _, err = run(
            "render", example("01"), example("02"), "-o", tmp_path / "o.pdf", option, beside
        )
        assert code == 2
        assert "one prescription" in err
    assert not (tmp_path / "o.pdf").exists()


def test_a_lot_named_beside_takes_the_place_of_the_whole_lot(run: Any, tmp_path: Path) -> None:
    lots = json.loads(example("01").read_text("utf-8"))["lots"]
    beside = tmp_path / "fill.json"
    lots[0] |= {"number": "NEW-LOT", "made_on": "2026-11-19"}
    beside.write_text(json.dumps({"format": "labelapp/1", "lots": lots}))
    _, out, _ = run(
        "render", example("01"), "-o", tmp_path / "o.pdf", "--fill", beside, *TODAY, "--json"
    )
    texts = [line["text"] for line in json.loads(out)["labels"][0]["lines"]]
    assert "NEW-LOT" in texts
    assert "Nov 19, 2026" in texts
    assert "26-1117A" not in texts


def test_a_file_beside_may_hold_its_own_part_only(run: Any, tmp_path: Path) -> None:
    beside = tmp_path / "pharmacy.json"
    beside.write_text(json.dumps({"format": "labelapp/1", "patient": {"family": "Other"}}))
    code, _, err = run("check", example("01"), "--pharmacy", beside)
    assert code == 2
    assert "patient.family" in err


def test_a_decision_settles_what_it_answers_and_no_more(run: Any, tmp_path: Path) -> None:
    _, out, _ = run("check", example("08"), *TODAY, "--json")
    (question,) = [
        each for each in json.loads(out)["assessments"][0]["findings"] if each["severity"] == "ASK"
    ]
    decision = {
        "code": question["code"], "field": question["field"], "values": question["values"],
        "choice": question["choices"][0] if question["choices"] else "", "by": "N. Abara",
        "role": "pharmacist", "at": "2026-11-22T10:00:00Z", "reason": "split, second half owed",
    }  # fmt: skip
    path = tmp_path / "decisions.json"
    path.write_text(json.dumps({"format": "labelapp/1", "decisions": [decision]}))
    code, out, _ = run("check", example("08"), *TODAY, "--decisions", path, "--json")
    assert code == 0
    path.write_text(
        json.dumps({"format": "labelapp/1", "decisions": [{**decision, "values": {"days": "1"}}]})
    )
    code, out, _ = run("check", example("08"), *TODAY, "--decisions", path, "--json")
    assert code == 3
    assert "decision.void" in {
        each["code"] for each in json.loads(out)["assessments"][0]["findings"]
    }


def test_a_fhir_file_is_read_with_what_was_not_read(run: Any) -> None:
    path = next((EXAMPLES / "fhir").glob("*.json"))
    _, out, _ = run("read", path, "--json")
    (draft,) = json.loads(out)["drafts"]
    assert draft["patient"]["name"]
    assert draft["prescriber"]["name"]
    assert draft["steps"]
    assert isinstance(draft["unread"], list)


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000, b'{"a":1,"a":2}', b'{"x":NaN}', b"MSH|^~\\&|"]
)  # fmt: skip
def test_a_hostile_file_is_refused_in_words(run: Any, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(data)
    code, out, err = run("read", path, "--json")
    assert code == 3
    assert err.strip()
    assert "Traceback" not in err
    said = json.loads(out)
    assert (said["file"], said["drafts"]) == ("x.json", [])
    (finding,) = said["findings"]
    assert (finding["severity"], finding["settled_by"]) == ("STOP", "nobody")
    assert finding["code"].startswith("file.")
    assert finding["message"] in err


def test_wrong_usage_exits_2(run: Any) -> None:
    assert run("render", "--no-such-option")[0] == 2
    assert run("read", "no-such-file.json")[0] == 2


def test_the_schema_names_every_field(run: Any) -> None:
    code, out, _ = run("schema")
    schema = json.loads(out)
    assert code == 0
    assert {"patient", "compound", "sig", "lots", "decisions"} <= set(schema["properties"])


def test_the_program_checks_itself(run: Any) -> None:
    code, out, _ = run("--self-test")
    assert code == 0
    assert "proofed" in out


def test_stocks_are_listed_with_their_sizes(run: Any) -> None:
    _, out, _ = run("stocks", "--json")
    stocks = json.loads(out)["stocks"]
    assert len(stocks) >= 10
    assert {"id", "width_mm", "height_mm", "dpi"} <= set(stocks[0])
