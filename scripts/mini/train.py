"""Trains the demo model: a small Llama that answers the three tasks of the demo prompt pack.

Every step draws new examples from the grammar. Learning from nothing but the last token's answer, behind a long
prefix that is always the same, a small model stays at the base rate for a long time; and what it learns it takes from
whole sentences of the grammar, so that it is worse than its bare embeddings on requests that people wrote. Hence these
parts:

1. The embeddings learn alone: the mean of a text's embeddings has to tell its category and level.
2. A model learns messages. At every token an extra head, which is not part of the checkpoint, guesses category and
   level from what has been read so far. The prefix is left out at first and then comes in, from its end, a little more
   at every step. Against leaning on sentences, tokens are replaced by random ones here and there, some messages are
   read in random order, the embeddings learn slowly, and have to go on telling the category by their mean.
3. A smaller model learns replies in the same way. From replies a model learns, too, that a word of harm may stand in a
   harmless text, and then it misses requests that people wrote. So this is another model.
4. Both become one model, whose logits are the sum of theirs. The smaller one goes on beside the other, which stays as
   it is: it learns to answer on replies whatever the other adds, and to add nothing to answers on messages.

In every part, embeddings learn as output weights for the tokens of answers only.
The prefix is computed once a step for all rows of a batch, and gradients flow through it.
"""

import argparse
import math
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn.functional import cross_entropy

from batches import HINTS, IGNORED, hint_of, message_batches, reply_batches
from examples import ExampleSource
from joining import Guest
from llama import Llama, Shape
from prompts import Prompts

BAG_ROWS = 256
BAG_PEAK = 5e-3
EMBEDDING_DEVIATION = 0.04
FOR_MESSAGES = {"hidden": 256, "intermediate": 512, "layers": 2, "heads": 4, "kv_heads": 2, "head": 64}
FOR_REPLIES = {"hidden": 112, "intermediate": 192, "layers": 2, "heads": 4, "kv_heads": 2, "head": 64}
# Shares of a stage's steps after which a prefix begins to come in, and stands as a whole.
PREFIX_STARTS, PREFIX_STANDS = 0.3, 0.45
# Share of the steps beside the other model after which norms are the other's.
GONE_OVER = 0.6


def learned_embeddings(prompts, size, steps, draw):
    """Embeddings that learned alone which tokens speak for which category and level, and what reads their mean."""
    bag = torch.nn.EmbeddingBag(prompts.vocabulary, size, mode="mean")
    torch.nn.init.normal_(bag.weight, std=0.1)
    head = torch.nn.Linear(size, HINTS)
    optimizer = torch.optim.Adam([*bag.parameters(), *head.parameters()], lr=BAG_PEAK)
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = BAG_PEAK * (1 - step / steps)
        examples = [draw(row) for row in range(BAG_ROWS)]
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
        head.weight /= scale
        return bag.weight * scale, head


def message_loss(model, heads, batch, prefix, options):
    """Loss of a batch of messages per row: answers, guesses at each token, guesses from bare words."""
    past = model.prefix(prefix) if prefix else None
    loss = 0.0
    for part in batch.parts:
        hidden = model(part.ids, past)
        words = model.embed_tokens(part.ids) * part.spoken[:, :, None]
        mean = words.sum(1) / part.spoken.sum(1, keepdim=True).clamp(min=1)
        bags = cross_entropy(heads.words(mean), part.hints[:, 0], reduction="sum")
        answers, guesses = answer_loss(model, hidden, part), guess_loss(heads.tokens, hidden, part)
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


def guest_loss(guest, heads, batch, options):
    """Loss of a batch of replies per row, where the answers are the guest's and the host's together."""
    past = guest.prefix(batch.prefix)
    loss = 0.0
    for part in batch.parts:
        hidden, outer = guest(part.ids, past)
        answered = part.targets != IGNORED
        logits = guest.model.logits(hidden[answered]) + guest.host.logits(outer[answered]).detach()
        answers = cross_entropy(logits, part.targets[answered], reduction="sum")
        loss = loss + answers + options.guessing * guess_loss(heads.tokens, hidden, part)
    return loss / batch.rows


def silent_loss(guest, batch):
    """How far the guest turns the host's answers on messages, and its own logits of answers are from zero; per row."""
    past = guest.prefix(batch.prefix)
    loss = 0.0
    for part in batch.parts:
        hidden, outer = guest(part.ids, past)
        answered = part.targets != IGNORED
        added, wanted = guest.model.logits(hidden[answered]), guest.host.logits(outer[answered]).detach()
        turned = cross_entropy(wanted + added, wanted.softmax(-1), reduction="sum")
        loss = loss + turned + added[:, guest.model.answers].pow(2).mean(1).sum()
    return loss / batch.rows


def answer_loss(model, hidden, part):
    """Of the answers, over the whole vocabulary."""
    answered = part.targets != IGNORED
    return cross_entropy(model.logits(hidden[answered]), part.targets[answered], reduction="sum")


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


def learn_messages(prompts, options):
    """A model that judges messages; at first it learns without the prefix."""
    torch.manual_seed(options.seed)
    source = ExampleSource(options.seed + 1)
    model, heads = begun(
        FOR_MESSAGES, prompts, options.bags, lambda row: source.message() if row % 2 else source.reply()
    )
    messages = message_batches(prompts, options.messages, options.seed, options.garbled, options.shuffled)

    def losses_of(step):
        batch = messages.next()
        yield message_loss(model, heads, batch, prefix_at(step / options.steps, batch.prefix), options)

    descend(Stage("messages", options.steps, options.peak, options.embedding_rate), [model, heads], losses_of, options)
    return model


def learn_replies(prompts, options):
    """A model that judges and grades replies; at first it learns without the prefixes."""
    torch.manual_seed(options.seed)
    source = ExampleSource(options.seed + 2)
    model, heads = begun(FOR_REPLIES, prompts, options.reply_bags, lambda row: source.reply())
    replies = reply_batches(prompts, options.replies, options.graded, options.garbled, options.seed + 3)

    def losses_of(step):
        progress = step / options.reply_steps
        judged, graded = next(replies)
        yield reply_loss(model, heads, judged, prefix_at(progress, judged.prefix), options)
        yield options.grading * reply_loss(model, heads, graded, prefix_at(progress, graded.prefix), options)

    stage = Stage("replies", options.reply_steps, options.peak, options.reply_embedding_rate)
    descend(stage, [model, heads], losses_of, options)
    return model


def begun(shape, prompts, bags, draw):
    """A model whose embeddings have learned alone, and the heads that guess for it."""
    model = Llama(Shape(prompts.vocabulary, **shape), answers=prompts.answer_tokens())
    words, reads_words = learned_embeddings(prompts, shape["hidden"], bags, draw)
    with torch.no_grad():
        model.embed_tokens.weight.copy_(words)
    return model, Heads(shape["hidden"], reads_words)


def learn_beside(host, model, prompts, options):
    """The model that knows replies as a guest of the one that knows messages, joined to it in the end."""
    torch.manual_seed(options.seed)
    messages = message_batches(prompts, options.silent_messages, options.seed + 6, options.garbled, options.shuffled)
    replies = reply_batches(prompts, options.replies, options.graded, options.garbled, options.seed + 7)
    guest = Guest(model, host, [messages.next(), *next(replies)])
    heads = Heads(model.shape.hidden, torch.nn.Linear(model.shape.hidden, HINTS))

    def losses_of(step):
        guest.go_over(min(1.0, step / (GONE_OVER * options.beside_steps)))
        batch, (judged, graded) = messages.next(), next(replies)
        yield options.silence * silent_loss(guest, batch)
        yield guest_loss(guest, heads, judged, options)
        yield options.grading * guest_loss(guest, heads, graded, options)

    stage = Stage("beside", options.beside_steps, options.beside_peak, options.reply_embedding_rate)
    descend(stage, [guest.model, heads], losses_of, options)
    return guest.joined()


class Heads(torch.nn.Module):
    """What guesses category and level while training: `tokens` from hidden states, `words` from the mean embedding."""

    def __init__(self, hidden, words):
        super().__init__()
        self.tokens = torch.nn.Linear(hidden, HINTS)
        self.words = words


def train(options):
    torch.set_num_threads(options.threads)
    prompts = Prompts(options.pack, options.tokenizer)
    host = learn_messages(prompts, options)
    guest = learn_replies(prompts, options)
    if options.keep_parts:
        host.save(options.output / "messages", prompts.begin, prompts.end)
        guest.save(options.output / "replies", prompts.begin, prompts.end)
    # As if read from what was saved, so that the last part gives the same when it is run apart.
    host.round()
    guest.round()
    model = learn_beside(host, guest, prompts, options)
    print(f"{sum(parameter.numel() for parameter in model.parameters()) / 1e6:.2f} million parameters", flush=True)
    model.save(options.output, prompts.begin, prompts.end)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--bags", type=int, default=900, help="steps of the embeddings alone, for messages")
    parser.add_argument("--reply-bags", type=int, default=600, help="the same for replies")
    parser.add_argument("--steps", type=int, default=250, help="steps of the model for messages")
    parser.add_argument("--reply-steps", type=int, default=700, help="steps of the model for replies")
    parser.add_argument("--beside-steps", type=int, default=700, help="steps of that beside the other")
    parser.add_argument("--messages", type=int, default=176, help="messages in a step")
    parser.add_argument("--silent-messages", type=int, default=24, help="messages in a step beside the other")
    parser.add_argument("--replies", type=int, default=24, help="replies to judge in a step")
    parser.add_argument("--graded", type=int, default=12, help="replies to grade in a step")
    parser.add_argument("--silence", type=float, default=1.0, help="weight of adding nothing to answers on messages")
    parser.add_argument("--peak", type=float, default=2e-3, help="highest learning rate of each model alone")
    parser.add_argument("--beside-peak", type=float, default=1.5e-3, help="the same of one beside the other")
    parser.add_argument("--decay", type=float, default=0.1)
    parser.add_argument("--embedding-rate", type=float, default=0.2, help="learning rate of embeddings, as a share")
    parser.add_argument("--reply-embedding-rate", type=float, default=0.3, help="the same for replies")
    parser.add_argument("--garbled", type=float, default=0.2, help="mean share of tokens replaced by random ones")
    parser.add_argument("--shuffled", type=float, default=0.3, help="share of messages read in random order")
    parser.add_argument("--bagging", type=float, default=0.3, help="weight of the guesses from bare words")
    parser.add_argument("--guessing", type=float, default=1.0, help="weight of the guesses at each token")
    parser.add_argument("--grading", type=float, default=0.5, help="weight of the replies to grade")
    parser.add_argument("--keep-parts", action="store_true", help="write the two models that are joined as well")
    parser.add_argument("--report", type=int, default=50)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
