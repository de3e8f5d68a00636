"""Trains the demo model: a small Llama that answers the three tasks of the demo prompt pack.

Every step draws new examples from the grammar. Learning from nothing but the last token's answer, behind a long
prefix that is always the same, a small model stays at the base rate for a long time; and what it learns it takes from
whole sentences of the grammar, so that it is worse than its bare embeddings on requests that people wrote. Hence three
stages:

1. The embeddings learn alone: the mean of a text's embeddings has to tell its category and level.
2. The model learns messages and replies together. At every token an extra head, which is not part of the checkpoint,
   guesses category and level from what has been read so far. The prefixes are left out at first and then come in, from
   their ends, a little more at every step. Against leaning on sentences, tokens are replaced by random ones here and
   there, some messages are read in random order, the embeddings learn slowly, and messages have to go on telling their
   category by the mean of their embeddings.
3. From replies the model has learned, too, that a word of harm may stand in a harmless text, and finds fewer of the
   requests that people wrote. So it goes on with messages, while its answers on replies are held to what they were. The
   balance of messages is shifted here: a constant is added to the logit of unsafe in the loss, so that without it the
   model leans towards safe (logit adjustment, Menon et al. 2021, arXiv:2007.07314).

In every stage, embeddings learn as output weights for the tokens of answers only.
The prefix is computed once a step for all rows of a batch, and gradients flow through it.
"""

import argparse
import copy
import math
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn.functional import cross_entropy

from batches import HINTS, IGNORED, hint_of, message_batches, reply_batches
from examples import ExampleSource
from llama import Llama, Shape
from prompts import Prompts

BAG_ROWS = 256
BAG_PEAK = 5e-3
EMBEDDING_DEVIATION = 0.04
# Shares of the second stage's steps after which a prefix begins to come in, and stands as a whole.
PREFIX_STARTS, PREFIX_STANDS = 0.3, 0.45


def learn_embeddings(model, prompts, options):
    """Lets the embeddings learn alone which tokens speak for which category and level.

    Returns what reads their mean.
    """
    source = ExampleSource(options.seed + 1)
    bag = torch.nn.EmbeddingBag(prompts.vocabulary, options.hidden, mode="mean")
    torch.nn.init.normal_(bag.weight, std=0.1)
    head = torch.nn.Linear(options.hidden, HINTS)
    optimizer = torch.optim.Adam([*bag.parameters(), *head.parameters()], lr=BAG_PEAK)
    for step in range(options.bags):
        for group in optimizer.param_groups:
            group["lr"] = BAG_PEAK * (1 - step / options.bags)
        examples = [source.message() if row % 2 else source.reply() for row in range(BAG_ROWS)]
        texts = [prompts.ids(example.response or example.prompt) or [prompts.end] for example in examples]
        starts = torch.tensor([0, *(len(ids) for ids in texts[:-1])]).cumsum(0)
        tokens = torch.tensor([token for ids in texts for token in ids])
        loss = cross_entropy(head(bag(tokens, starts)), torch.tensor([hint_of(example) for example in examples]))
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    print(f"embeddings alone: {loss.item():.3f}", flush=True)
    with torch.no_grad():
        scale = EMBEDDING_DEVIATION / bag.weight.std()
        model.embed_tokens.weight.copy_(bag.weight * scale)
        head.weight /= scale
    return head


def message_loss(model, heads, batch, prefix, options, leaning=0.0):
    """Loss of a batch of messages per row: answers, guesses at each token, guesses from bare words."""
    past = model.prefix(prefix) if prefix else None
    loss = 0.0
    for part in batch.parts:
        hidden = model(part.ids, past)
        words = model.embed_tokens(part.ids) * part.spoken[:, :, None]
        mean = words.sum(1) / part.spoken.sum(1, keepdim=True).clamp(min=1)
        bags = cross_entropy(heads.words(mean), part.hints[:, 0], reduction="sum")
        answers, guesses = answer_loss(model, hidden, part, leaning), guess_loss(heads.tokens, hidden, part)
        loss = loss + answers + options.guessing * guesses + options.bagging * bags
    return loss / batch.rows


def reply_loss(model, heads, batch, prefix, options):
    """Loss of a batch of replies per row: answers, and guesses at each token of the reply."""
    past = model.prefix(prefix) if prefix else None
    loss = 0.0
    for part in batch.parts:
        hidden = model(part.ids, past)
        guesses = guess_loss(heads.tokens, hidden, part)
        loss = loss + answer_loss(model, hidden, part) + options.guessing * guesses
    return loss / batch.rows


def kept_loss(model, before, batch):
    """How far answers are from those that the model gave before, per row."""
    past = model.prefix(batch.prefix)
    with torch.no_grad():
        past_before = before.prefix(batch.prefix)
    loss = 0.0
    for part in batch.parts:
        answered = part.targets != IGNORED
        with torch.no_grad():
            wanted = before.logits(before(part.ids, past_before)[answered]).softmax(-1)
        loss = loss + cross_entropy(model.logits(model(part.ids, past)[answered]), wanted, reduction="sum")
    return loss / batch.rows


def answer_loss(model, hidden, part, leaning=0.0):
    """Of the answers, over the whole vocabulary; `leaning` [vocabulary] is added to the logits."""
    answered = part.targets != IGNORED
    return cross_entropy(model.logits(hidden[answered]) + leaning, part.targets[answered], reduction="sum")


def guess_loss(guesser, hidden, part):
    """Of the guesses, the mean over a row's tokens."""
    read = part.hints != IGNORED
    each = cross_entropy(guesser(hidden[read]), part.hints[read], reduction="none")
    return (each / read.sum(1, keepdim=True).expand_as(read)[read]).sum()


def prefix_at(progress, prefix):
    """What of the prefix stands before a request: nothing, then more and more of its end, then all."""
    grown = (progress - PREFIX_STARTS) / (PREFIX_STANDS - PREFIX_STARTS)
    length = round(min(1.0, max(0.0, grown)) * len(prefix))
    return prefix[len(prefix) - length :]


def learning_rate(step, steps, peak):
    """Linear warm-up, then a cosine down to a fiftieth."""
    warm = min(1.0, (step + 1) / max(1.0, 0.04 * steps))
    return peak * warm * (0.02 + 0.49 * (1 + math.cos(math.pi * step / steps)))


def optimizer_of(modules, embedding_rate, decay):
    """AdamW; embeddings learn at a share of the rate; gains are not decayed."""
    groups = {"embeddings": [], "decayed": [], "others": []}
    for name, value in (named for module in modules for named in module.named_parameters()):
        if name.startswith("embed_tokens"):
            group = "embeddings"
        else:
            group = "decayed" if value.dim() > 1 else "others"
        groups[group].append(value)
    return torch.optim.AdamW(
        [
            {"params": groups["embeddings"], "weight_decay": decay, "share": embedding_rate},
            {"params": groups["decayed"], "weight_decay": decay, "share": 1.0},
            {"params": groups["others"], "weight_decay": 0.0, "share": 1.0},
        ],
        betas=(0.9, 0.98),
    )


@dataclass(frozen=True)
class Stage:
    """How a stage goes down its losses: steps, highest learning rate, and the share of it at which embeddings learn."""

    title: str
    steps: int
    peak: float
    embedding_rate: float


def descend(stage, modules, losses_of, options):
    """Takes the stage's steps down the losses that a step's number gives, one gradient for each step."""
    optimizer, started, average = optimizer_of(modules, stage.embedding_rate, options.decay), time.time(), 0.0
    for step in range(stage.steps):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, stage.steps, stage.peak) * group["share"]
        total = 0.0
        for loss in losses_of(step):
            loss.backward()
            total += loss.item()
        torch.nn.utils.clip_grad_norm_([value for module in modules for value in module.parameters()], 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        average += (total - average) * max(0.05, 1 / (step + 1))
        if (step + 1) % options.report == 0:
            print(f"{stage.title}: step {step + 1} after {time.time() - started:.0f} s: {average:.3f}", flush=True)


def learn_all(model, heads, prompts, options):
    """The model learns to judge messages, and to judge and grade replies, at first without the prefixes."""
    messages = message_batches(prompts, options.messages, options.seed, options.garbled, options.shuffled)
    replies = reply_batches(prompts, options, options.seed + 3)

    def losses_of(step):
        progress = step / options.steps
        batch, (judged, graded) = messages.next(), next(replies)
        prefix = prefix_at(progress, batch.prefix)
        yield message_loss(model, heads, batch, prefix, options)
        yield reply_loss(model, heads, judged, prefix_at(progress, judged.prefix), options)
        yield options.grading * reply_loss(model, heads, graded, prefix_at(progress, graded.prefix), options)

    descend(Stage("all", options.steps, options.peak, options.embedding_rate), [model, heads], losses_of, options)


def learn_messages_again(model, heads, prompts, options):
    """The model goes on with messages, and keeps its answers on replies."""
    before = copy.deepcopy(model)
    leaning = torch.zeros(prompts.vocabulary)
    leaning[prompts.ids("unsafe")[0]] = options.leaning
    messages = message_batches(prompts, options.messages, options.seed + 6, options.garbled, options.shuffled)
    replies = reply_batches(prompts, options, options.seed + 7)

    def losses_of(step):
        batch, (judged, graded) = messages.next(), next(replies)
        yield message_loss(model, heads, batch, batch.prefix, options, leaning)
        yield options.keeping * kept_loss(model, before, judged)
        yield options.grading * options.keeping * kept_loss(model, before, graded)

    stage = Stage("messages again", options.again_steps, options.again_peak, options.again_embedding_rate)
    descend(stage, [model, heads], losses_of, options)


class Heads(torch.nn.Module):
    """What guesses category and level while training: `tokens` from hidden states, `words` from the mean embedding."""

    def __init__(self, hidden, words):
        super().__init__()
        self.tokens = torch.nn.Linear(hidden, HINTS)
        self.words = words


def train(options):
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    prompts = Prompts(options.pack, options.tokenizer)
    shape = Shape(
        prompts.vocabulary, options.hidden, options.intermediate, options.layers, options.heads, options.heads // 2
    )
    model = Llama(shape, answers=prompts.answer_tokens())
    print(f"{sum(parameter.numel() for parameter in model.parameters()) / 1e6:.2f} million parameters", flush=True)
    heads = Heads(options.hidden, learn_embeddings(model, prompts, options))
    learn_all(model, heads, prompts, options)
    if options.keep_stages:
        model.save(options.output / "before", prompts.begin, prompts.end)
    # As if read from what was saved, so that the third stage gives the same when it is run apart.
    model.round()
    torch.manual_seed(options.seed)
    heads = Heads(options.hidden, torch.nn.Linear(options.hidden, HINTS))
    learn_messages_again(model, heads, prompts, options)
    model.save(options.output, prompts.begin, prompts.end)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=350, help="steps of messages and replies together")
    parser.add_argument("--again-steps", type=int, default=185, help="steps of messages again")
    parser.add_argument("--messages", type=int, default=128, help="messages in a step")
    parser.add_argument("--replies", type=int, default=24, help="replies to judge in a step")
    parser.add_argument("--graded", type=int, default=12, help="replies to grade in a step")
    parser.add_argument("--hidden", type=int, default=256)
    parser.add_argument("--intermediate", type=int, default=512)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--peak", type=float, default=2e-3, help="highest learning rate of the second stage")
    parser.add_argument("--again-peak", type=float, default=1.5e-3, help="the same of the third")
    parser.add_argument("--decay", type=float, default=0.1)
    parser.add_argument("--embedding-rate", type=float, default=0.2, help="learning rate of embeddings, as a share")
    parser.add_argument("--again-embedding-rate", type=float, default=0.3, help="the same in the third stage")
    parser.add_argument("--garbled", type=float, default=0.2, help="mean share of tokens replaced by random ones")
    parser.add_argument("--shuffled", type=float, default=0.3, help="share of messages read in random order")
    parser.add_argument("--bags", type=int, default=600, help="steps of the embeddings alone")
    parser.add_argument("--bagging", type=float, default=0.3, help="weight of the guesses from bare words")
    parser.add_argument("--guessing", type=float, default=1.0, help="weight of the guesses at each token")
    parser.add_argument("--grading", type=float, default=0.5, help="weight of the replies to grade")
    parser.add_argument("--keeping", type=float, default=4.0, help="weight of answering on replies as before")
    parser.add_argument("--leaning", type=float, default=0.3, help="added to unsafe's logit in the third stage's loss")
    parser.add_argument("--keep-stages", action="store_true", help="write the model of the second stage as well")
    parser.add_argument("--report", type=int, default=50)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
