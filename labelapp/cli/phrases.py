"""The commands of the phrase book: directions in other languages, listed and imported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from labelapp.cli.beside import FILE
from labelapp.cli.documents import findings_told
from labelapp.cli.ending import DONE, REFUSED, Commands, Means
from labelapp.cli.tell import Teller
from labelapp.dispensing.desk import Desk
from labelapp.dispensing.languages import NoSuchLanguage, is_english
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.phrasebook import PhraseBook, ShownImport, ShownPhrases

Command = TypeVar("Command", bound=Callable[..., object])

_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
_LANGUAGE = click.option("--language", default="", help="The patient's language: es, zh-Hans ...")
_OPTIONS = (
    _LANGUAGE,
    click.option("--approvals", type=FILE, help="TOML file of approved tables, by their digest."),
    click.option("--table", type=FILE, help="TOML table in place of the shipped one."),
)


def in_other_language(function: Command) -> Command:
    """Add the options that give a patient's language, its table and who approved it."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def desk_in(
    means: Means,
    today: date | None,
    language: str,
    approvals: Path | None,
    table: Path | None,
    office: Office | None = None,
) -> tuple[Desk, str]:
    """Build the desk with what was named for a language, and give the language as its table does.

    A language there is not is wrong usage.
    """
    if is_english(language) and (approvals or table):
        raise click.UsageError("--approvals and --table need a --language other than English.")
    desk = means.desk(today, approvals, table, office)
    return desk, _known(language, desk.language)


def _named(book: PhraseBook, language: str) -> str:
    return _known(language, book.named)


def _known(language: str, named: Callable[[str], str]) -> str:
    try:
        return named(language)
    except NoSuchLanguage as unknown:
        known = unknown.values["known"]
        raise click.UsageError(f"--language {language}: there are {known}.") from None


@click.group(cls=Commands, invoke_without_command=True)
@in_other_language
@_json
@click.pass_context
def phrases(
    ctx: click.Context, language: str, approvals: Path | None, table: Path | None, *, as_json: bool
) -> None:
    """List the tables of other languages, or one of them with all its sentences."""
    if ctx.invoked_subcommand is not None:
        if language or approvals or table or as_json:
            raise click.UsageError("options of `phrases import` stand after its name.")
        return
    means: Means = ctx.obj
    book, words = means.phrase_book(approvals, table), means.plain()
    wanted = [_named(book, language)] if language else book.languages()
    listed = [book.table(each) for each in wanted]
    if as_json:
        told = [_told(each, rows=bool(language)) for each in listed]
        Teller(words, as_json=True).document(told[0] if language else {"tables": told})
        return
    for each in listed:
        click.echo(_head(means, each))
        for row in each.rows if language else ():
            click.echo(f"  {row.english}\n    {row.text}")
            if row.note:
                click.echo(f"    ({row.note})")


@phrases.command("import")
@click.argument("file", type=FILE)
@click.option("--language", required=True, help="The language of the file: es, zh-Hans ...")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The TOML.")
@click.option("--source", default="", help="Where the file comes from, as the table will say.")
@_json
@click.pass_obj
def import_(
    means: Means, file: Path, language: str, output: Path, source: str, *, as_json: bool
) -> None:
    """Set the sentences of an official FILE (CSV or TSV: English, translation) into a table."""
    book, words = means.phrase_book(None, None), means.plain()
    wanted = _named(book, language)
    if output.exists() or output.is_symlink():
        raise click.UsageError(f"-o {output}: a file of that name is there.")
    done = means.import_phrases(book, file, wanted, source, output)
    teller = Teller(words, as_json=as_json)
    written = str(output) if done.document is not None else ""
    if as_json:
        teller.document(_imported(done, wanted, written))
    else:
        key = "cli.phrases.imported" if written else "cli.phrases.none-placed"
        placed = str(done.placed)
        click.echo(words.word(key, placed=placed, path=written, sha256=done.sha256))
        teller.say(done.findings)
    raise SystemExit(DONE if written and not done.findings else REFUSED)


def _head(means: Means, shown: ShownPhrases) -> str:
    key = "cli.phrases.draft" if shown.draft else "cli.phrases.approved"
    return means.plain().word(
        key,
        language=shown.language,
        name=shown.name,
        status=shown.status,
        approved=shown.approved,
        rows=str(len(shown.rows)),
        sha256=shown.sha256,
        source=shown.source,
    )


def _told(shown: ShownPhrases, *, rows: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "language": shown.language,
        "name": shown.name,
        "status": shown.status,
        "draft": shown.draft,
        "approved": shown.approved,
        "source": shown.source,
        "sha256": shown.sha256,
        "sentences": str(len(shown.rows)),
    }
    if rows:
        told["rows"] = [
            {"english": each.english, "text": each.text, "source": each.source, "note": each.note}
            for each in shown.rows
        ]
    return told


def _imported(done: ShownImport, language: str, output: str) -> dict[str, Any]:
    return {
        "language": language,
        "output": output,
        "placed": str(done.placed),
        "sha256": done.sha256 if output else "",
        "findings": findings_told(done.findings),
    }
