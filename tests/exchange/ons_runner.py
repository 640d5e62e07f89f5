"""A runner of ONS questionnaires as their documentation has it, block by block, to compare our conditions with.

It knows nothing of how we read a file: it goes forward, evaluates each rule where it stands, and forgets the answers of
blocks that it did not come to.
"""

from __future__ import annotations

from random import Random
from typing import Any

Answers = dict[str, Any]


def run(schema: dict[str, Any], random: Random) -> tuple[list[str], Answers]:
    """The blocks somebody comes to who answers at random, and their answers by the answers' identifiers."""
    answers: Answers = {}
    met: list[str] = []
    for section in schema["sections"]:
        enabled = section.get("enabled")
        if enabled and not holds(enabled["when"], answers):
            continue
        blocks = [block for group in section["groups"] for block in group["blocks"]]
        at = 0
        while at < len(blocks):
            block = blocks[at]
            skip = block.get("skip_conditions")
            if skip and holds(skip["when"], answers):
                at += 1
                continue
            met.append(block["id"])
            for answer in block.get("question", {}).get("answers", ()):
                value = invented(answer, block["question"], answers, random)
                if value is not None:
                    answers[answer["id"]] = value
            at = following(block, blocks, at, answers)
    return met, answers


def following(block: dict[str, Any], blocks: list[dict[str, Any]], at: int, answers: Answers) -> int:
    """Where the first rule that holds leads."""
    for rule in block.get("routing_rules", ()):
        if "when" in rule and not holds(rule["when"], answers):
            continue
        if rule.get("section") == "End":
            return len(blocks)
        return next(number for number, one in enumerate(blocks) if one["id"] == rule["block"])
    return at + 1


def invented(answer: dict[str, Any], question: dict[str, Any], answers: Answers, random: Random) -> Any:
    """An answer by chance; what is needed is always answered."""
    values = [option["value"] for option in answer.get("options", ())]
    exclusive = {option["value"] for option in answer.get("options", ()) if option.get("exclusive")}
    if question["type"] == "MutuallyExclusive":
        first = answer is question["answers"][0]
        if first and random.random() < 0.6:
            return random.sample(values, random.randint(1, len(values)))
        return values[:1] if not first and question["answers"][0]["id"] not in answers else None
    if not answer.get("mandatory") and random.random() < 0.3:
        return None
    if answer["type"] == "Checkbox":
        plain = [value for value in values if value not in exclusive] or values
        return random.sample(plain, random.randint(1, len(plain)))
    return random.choice(values) if values else "words"


def holds(when: Any, answers: Answers) -> bool:
    """Whether a condition is true of these answers."""
    operator, operands = next(iter(when.items()))
    if operator in ("and", "or"):
        return (all if operator == "and" else any)(holds(one, answers) for one in operands)
    if operator == "not":
        return not holds(operands[0], answers)
    left, right = (value(one, answers) for one in operands)
    if operator == "==":
        return left == right
    if operator == "!=":
        return left != right
    if operator == "in":
        return left is not None and (bool(set(left) & set(right)) if isinstance(left, list) else left in right)
    if operator == "any-in":
        return right is not None and bool(set(left) & set(right))
    if operator == "all-in":
        return right is not None and set(left) <= set(right)
    raise AssertionError(operator)


def value(operand: Any, answers: Answers) -> Any:
    """An operand: an answer, or a constant; nothing is known beforehand of anybody."""
    if isinstance(operand, dict):
        return answers.get(operand["identifier"]) if operand["source"] == "answers" else None
    return operand
