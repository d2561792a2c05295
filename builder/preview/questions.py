"""One question of a preview, drawn again where its page already stands."""

from dataclasses import replace

from runtime.wizard.filling import Filler
from runtime.wizard.preview import REFERENCE, Preview
from runtime.wizard.skeleton import skeleton_of


def question_html(shown: Preview, name: str) -> str | None:
    """The HTML of a question of the first level, "" where the answers hide it, None where it is not asked."""
    for page in shown.phase.pages:
        for section in page.sections:
            for question in section.questions:
                if question.name != name:
                    continue
                if name not in shown.judgement.visible:
                    return ""
                # A page of one question, under a name of its own: the whole page keeps its skeleton.
                alone = replace(
                    page, id=f"{page.id} {name}", sections=(replace(section, questions=(question,)),)
                )
                skeleton = skeleton_of(shown.definition, shown.phase.id, alone)
                filler = Filler(
                    reference=REFERENCE,
                    raw=shown.dossier.raw,
                    judgement=shown.judgement,
                    context=shown.context,
                    errors={},
                )
                return filler.question(skeleton, skeleton.sections[0].questions[0])
    return None
