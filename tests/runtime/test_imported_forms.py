"""What is made of the schemas of other tools is drawn by the runtime, question by question."""

from datetime import date

import pytest

from formdefs import Context, DefinitionError, evaluate
from formdefs.sample import filled
from runtime.wizard.filling import Filler
from runtime.wizard.skeleton import skeleton_of
from tests.formdefs.test_importers import FORMS, foreign, is_legal, made


@pytest.mark.skipif(not FORMS.is_dir(), reason="the shared fixtures are not there")
def test_every_page_of_an_imported_form_shows_its_visible_questions() -> None:
    context = Context(today=date(2026, 11, 22))
    drawn = 0
    for name, schema, ui, _data in foreign():
        if not is_legal(schema):
            continue
        try:
            definition = made(schema, ui)[1]
        except DefinitionError:
            continue
        phase = definition.first_phase
        sample = filled(phase, context)
        judgement = evaluate(phase, sample.raw, sample.context)
        filler = Filler("ABCDEF1", sample.raw, judgement, sample.context, {})
        for page in phase.pages:
            html = filler.body(skeleton_of(definition, phase.id, page))
            for section in page.sections:
                for question in section.questions:
                    if question.name in judgement.visible:
                        assert f'id="f-{question.name}"' in html, (name, question.name)
                        drawn += 1
    assert drawn > 500
