"""Decisions in force about readings: read them, disagree in the open, withdraw, delete, and make one from scratch."""

import json
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from alongside.core.rating import NOT_YET_REVIEWED, ModelUnavailableError, Move, feedback_on
from alongside.desk import acts
from alongside.desk.keeping import CANNOT_BE_READ, for_survivor_leaders, posted, words_kept
from alongside.desk.leader_forms import NEITHER, CorrectionsForm, LeadersViewForm, SentenceForm
from alongside.people.access import for_staff, signed_in
from alongside.people.acts import Refused
from alongside.people.models import SURVIVOR_LEADER, User
from alongside.practice.feedback import MarkedSentence, marked
from alongside.review import correcting, rating
from alongside.review.models import Correction
from alongside.review.showing import decisions_of, shown

ON_A_PAGE = 20
ONE_SENTENCE = _("Write one sentence. What a reply does is read sentence by sentence.")


@require_safe
@for_survivor_leaders
def corrections(request: HttpRequest) -> HttpResponse:
    """Show the decisions that readings follow, the newest first, as far as a filter asks for them."""
    form = CorrectionsForm(request.GET or None)
    move = form.cleaned_data["move"] if form.is_valid() else ""
    page = Paginator(_standing(move), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "items": [(each, shown(each)) for each in page],
        "asked": f"move={move}",
        "is_narrowed": bool(move),
        "leader": signed_in(request),
    }
    return render(request, "desk/corrections.html", context)


@for_survivor_leaders
def correction(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Show one decision; whoever sees the sentence differently says so here."""
    found = _found().filter(pk=correction_id).first()
    if found is None:
        if request.method != "POST":
            raise Http404
        return words_kept(request, 404, str(correcting.GONE))
    leader = signed_in(request)
    own = found.disagreements.filter(leader=leader).first()
    said = {"moves": own.moves or [NEITHER], "why": own.why, "named": own.named} if own else None
    form, trouble = LeadersViewForm(posted(request), initial=said), ""
    if form.is_valid():
        try:
            correcting.disagree(leader, correction_id, form.view)
        except Refused as refusal:
            trouble = str(refusal.sentence)
        else:
            messages.success(request, gettext("Said. Learners see both views."))
            return redirect("desk:correction", correction_id)
    context = {
        "correction": found,
        "decision": shown(found),
        "leader": leader,
        "is_hers": correcting.can_withdraw(leader, found),
        "own": own,
        "model_says": [each for each in Move if each.value in found.shown],
        "form": form,
        "trouble": trouble,
    }
    return render(request, "desk/correction.html", context, status=422 if trouble or form.errors else 200)


@require_POST
@for_survivor_leaders
def agree_after_all(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Take back what she said against a decision."""
    if not correcting.take_disagreement_back(signed_in(request), correction_id):
        raise Http404
    messages.success(request, gettext("It is taken back."))
    return redirect("desk:correction", correction_id)


@for_survivor_leaders
def withdraw_correction(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Say what it does, then let a decision hold no longer."""
    done = gettext("Withdrawn. From the next reply on, the model’s own reading is shown again.")
    return _undo(request, correction_id, "desk/withdraw_correction.html", correcting.withdraw, done)


@for_survivor_leaders
def delete_correction(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Say what it does, then delete a decision with its sentence."""
    done = gettext("Deleted, with the sentence and all that was said about it.")
    return _undo(request, correction_id, "desk/delete_correction.html", correcting.delete_correction, done)


@for_survivor_leaders
def new_correction(request: HttpRequest) -> HttpResponse:
    """Take a sentence, show how it is read, then decide what it does."""
    sentence = SentenceForm(posted(request))
    form = LeadersViewForm(request.POST if "decide" in request.POST else None)
    reading, trouble = None, ""
    if sentence.is_valid():
        try:
            reading = _read(sentence)
            if reading and form.is_valid():
                made = correcting.correct(
                    signed_in(request), sentence.cleaned_data["disclosure"], sentence.cleaned_data["text"], form.view
                )
                messages.success(request, gettext("Decided. Readings follow it from now on."))
                return redirect("desk:correction", made.pk)
        except Refused as refusal:
            trouble = str(refusal.sentence)
        except ModelUnavailableError:
            trouble = str(CANNOT_BE_READ)
    context = {
        "sentence_form": sentence,
        "form": form,
        "reading": reading,
        "trouble": trouble,
        "not_yet_reviewed": NOT_YET_REVIEWED,
    }
    is_amiss = trouble or sentence.errors or form.errors
    return render(request, "desk/new_correction.html", context, status=422 if is_amiss else 200)


@require_POST
@for_staff(SURVIVOR_LEADER)
def take_decisions_along(request: HttpRequest) -> HttpResponse:
    """Give the decisions in force as lines for the corpus, to be kept as a file."""
    lines = [json.dumps(line, ensure_ascii=False) + "\n" for line in acts.take_decisions_along(signed_in(request))]
    answer = HttpResponse("".join(lines), content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="corrections.jsonl"'
    answer["Cache-Control"] = "no-store"
    return answer


def _found() -> QuerySet[Correction]:
    return Correction.objects.defer("vector").select_related("leader").prefetch_related("disagreements__leader")


def _standing(move: str) -> list[Correction]:
    """Give the decisions in force that say ``move``; all of them for none."""
    found = _found().filter(withdrawn_at=None)
    if not move:
        return list(found)
    if move == NEITHER:
        return [each for each in found if not each.moves]
    return [each for each in found if move in each.moves]


def _read(form: SentenceForm) -> MarkedSentence | None:
    """Give how the sentence is read now, by the model or after a decision; ``None`` where it is not one sentence."""
    read = rating.rate(form.cleaned_data["disclosure"], form.cleaned_data["text"])
    if len(read.sentences) != 1:
        form.add_error("text", str(ONE_SENTENCE))
        return None
    return marked(feedback_on(read), decisions_of([read.sentences[0].decision]))[0]


def _undo(
    request: HttpRequest, correction_id: UUID, template: str, act: Callable[[User, UUID], None], done: str
) -> HttpResponse:
    """Ask once, then withdraw or delete a decision that is hers to undo."""
    found = get_object_or_404(_found(), pk=correction_id)
    leader = signed_in(request)
    if not correcting.can_withdraw(leader, found):
        raise Http404
    if request.method == "POST":
        try:
            act(leader, correction_id)
        except Refused as refusal:
            messages.warning(request, str(refusal.sentence))
        else:
            messages.success(request, done)
        return redirect("desk:corrections")
    return render(request, template, {"correction": found, "decision": shown(found)})
