"""Trains the demo model: a small Llama that answers the three tasks of the demo prompt pack.

Every step draws new examples from the grammar. Learning from nothing but the last token's answer, behind a long
prefix that is always the same, a small model stays at the base rate for a long time; and what it learns it takes from
whole sentences of the grammar, so that it is worse than its bare embeddings on requests that people wrote. Hence three
stages:

1. The embeddings learn alone: the mean of a text's embeddings has to tell its category and level.
2. The model learns messages alone. At every token an extra head, which is not part of the checkpoint, guesses category
   and level from what has been read so far. The prefix is left out at first and then comes in, from its end, a little
   more at every step. Against leaning on sentences, tokens are replaced by random ones here and there, some messages
   are read in random order, the embeddings learn slowly, and they have to go on telling the category by their mean.
3. The model learns to judge and grade replies, with added layers. Replies are few kinds of text, and learning them
   together with messages spoils what the model knows of words. So the layers that are there move slowly, what the model
   reads is fixed, and on messages, more disturbed than before, the model is held to the answers that it gave. Their
   balance can be shifted here: a constant is added to the logit of unsafe, as if more or fewer of the messages had been
   harmful (logit adjustment, Menon et al. 2021, arXiv:2007.07314).

In every stage, embeddings learn as output weights for the tokens of answers only.
The prefix is computed once a step for all rows of a batch, and gradients flow through it.
"""

import argparse
import copy
import math
import time
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
# Shares of the steps on messages after which the prefix begins to come in, and stands as a whole.
PREFIX_STARTS, PREFIX_STANDS = 0.3, 0.45
# Messages on which answers are kept are further from the grammar than those that were learned.
KEPT_GARBLED, KEPT_SHUFFLED = 0.35, 0.5


def learn_embeddings(model, prompts, options):
    """Lets the embeddings learn alone which tokens speak for which category and level; returns what reads their mean."""
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


def message_loss(model, guesser, bag_reader, batch, prefix, options):
    """Loss of a batch of messages per row: answers, guesses at each token, guesses from bare words."""
    past = model.prefix(prefix) if prefix else None
    loss = 0.0
    for part in batch.parts:
        hidden = model(part.ids, past)
        words = model.embed_tokens(part.ids) * part.spoken[:, :, None]
        mean = words.sum(1) / part.spoken.sum(1, keepdim=True).clamp(min=1)
        bags = cross_entropy(bag_reader(mean), part.hints[:, 0], reduction="sum")
        answers, guesses = answer_loss(model, hidden, part), guess_loss(guesser, hidden, part)
        loss = loss + answers + options.guessing * guesses + options.bagging * bags
    return loss / batch.rows


def reply_loss(model, guesser, batch, options):
    """Loss of a batch of replies per row: answers, and guesses at each token of the reply."""
    past = model.prefix(batch.prefix)
    loss = 0.0
    for part in batch.parts:
        hidden = model(part.ids, past)
        loss = loss + answer_loss(model, hidden, part) + options.guessing * guess_loss(guesser, hidden, part)
    return loss / batch.rows


def kept_loss(model, teacher, batch, leaning):
    """How far answers on messages are from those of the teacher, a copy that knows messages alone, per row.

    `leaning` [vocabulary] is added to the teacher's logits.
    """
    past = model.prefix(batch.prefix)
    with torch.no_grad():
        taught = teacher.prefix(batch.prefix)
    loss = 0.0
    for part in batch.parts:
        answered = part.targets != IGNORED
        with torch.no_grad():
            wanted = (teacher.logits(teacher(part.ids, taught)[answered]) + leaning).softmax(-1)
        loss = loss + cross_entropy(model.logits(model(part.ids, past)[answered]), wanted, reduction="sum")
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
    """What of the prefix stands before a message: nothing, then more and more of its end, then all."""
    grown = (progress - PREFIX_STARTS) / (PREFIX_STANDS - PREFIX_STARTS)
    length = round(min(1.0, max(0.0, grown)) * len(prefix))
    return prefix[len(prefix) - length :]


def learning_rate(step, steps, peak):
    """Linear warm-up, then a cosine down to a fiftieth."""
    warm = min(1.0, (step + 1) / max(1.0, 0.04 * steps))
    return peak * warm * (0.02 + 0.49 * (1 + math.cos(math.pi * step / steps)))


def optimizer_of(modules, options, known):
    """AdamW; embeddings, and what is known already, learn at their own rates; gains are not decayed."""
    known = {id(parameter) for parameter in known}
    groups = {"embeddings": [], "known": [], "decayed": [], "others": []}
    for name, value in (named for module in modules for named in module.named_parameters()):
        if name.startswith("embed_tokens"):
            group = "embeddings"
        elif id(value) in known:
            group = "known"
        else:
            group = "decayed" if value.dim() > 1 else "others"
        groups[group].append(value)
    return torch.optim.AdamW(
        [
            {"params": groups["embeddings"], "weight_decay": options.decay, "share": options.embedding_rate},
            {"params": groups["known"], "weight_decay": 0.0, "share": options.known_rate},
            {"params": groups["decayed"], "weight_decay": options.decay, "share": 1.0},
            {"params": groups["others"], "weight_decay": 0.0, "share": 1.0},
        ],
        betas=(0.9, 0.98),
    )


def descend(title, modules, options, steps, peak, losses_of, known=()):
    """Takes so many steps down the losses that a step's number gives, one gradient for each step."""
    optimizer, started, average = optimizer_of(modules, options, known), time.time(), 0.0
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, steps, peak) * group["share"]
        total = 0.0
        for loss in losses_of(step):
            loss.backward()
            total += loss.item()
        torch.nn.utils.clip_grad_norm_([value for module in modules for value in module.parameters()], 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        average += (total - average) * max(0.05, 1 / (step + 1))
        if (step + 1) % options.report == 0:
            print(f"{title}: step {step + 1} after {time.time() - started:.0f} s: {average:.3f}", flush=True)


def learn_messages(model, bag_reader, prompts, options):
    """The whole model learns to judge messages, at first without the prefix."""
    guesser = torch.nn.Linear(options.hidden, HINTS)
    drawn = message_batches(prompts, options.messages, options.seed, options.garbled, options.shuffled)

    def losses_of(step):
        batch = drawn.next()
        prefix = prefix_at(step / options.message_steps, batch.prefix)
        yield message_loss(model, guesser, bag_reader, batch, prefix, options)

    descend("messages", [model, guesser, bag_reader], options, options.message_steps, options.peak, losses_of)


def learn_replies(model, prompts, options):
    """The model, with added layers, learns to judge and grade replies, and to answer on messages as it did."""
    torch.manual_seed(options.seed)
    model.round()
    teacher = copy.deepcopy(model)
    known = [*model.layers.parameters(), *model.norm.parameters()]
    model.grow(options.reply_layers)
    leaning = torch.zeros(prompts.vocabulary)
    leaning[prompts.ids("unsafe")[0]] = options.leaning
    guesser = torch.nn.Linear(options.hidden, HINTS)
    messages = message_batches(prompts, options.kept_messages, options.seed + 2, KEPT_GARBLED, KEPT_SHUFFLED)
    replies = reply_batches(prompts, options, options.seed + 3)

    def losses_of(step):
        yield options.keeping * kept_loss(model, teacher, messages.next(), leaning)
        judged, graded = next(replies)
        yield reply_loss(model, guesser, judged, options)
        yield options.grading * reply_loss(model, guesser, graded, options)

    descend("replies", [model, guesser], options, options.reply_steps, options.reply_peak, losses_of, known)


def train(options):
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    prompts = Prompts(options.pack, options.tokenizer)
    shape = Shape(
        prompts.vocabulary, options.hidden, options.intermediate, options.layers, options.heads, options.heads // 2
    )
    model = Llama(shape, dropout=options.dropout, answers=prompts.answer_tokens())
    print(f"{sum(parameter.numel() for parameter in model.parameters()) / 1e6:.2f} million parameters", flush=True)
    bag_reader = learn_embeddings(model, prompts, options)
    learn_messages(model, bag_reader, prompts, options)
    if options.keep_stages:
        model.save(options.output / "messages", prompts.begin, prompts.end)
    learn_replies(model, prompts, options)
    model.save(options.output, prompts.begin, prompts.end)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--message-steps", type=int, default=250)
    parser.add_argument("--reply-steps", type=int, default=900)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--messages", type=int, default=176, help="messages in a step that learns them alone")
    parser.add_argument("--kept-messages", type=int, default=28, help="messages in a step that learns replies")
    parser.add_argument("--replies", type=int, default=24, help="replies to judge in a step")
    parser.add_argument("--graded", type=int, default=10, help="replies to grade in a step")
    parser.add_argument("--hidden", type=int, default=256)
    parser.add_argument("--intermediate", type=int, default=512)
    parser.add_argument("--layers", type=int, default=2, help="layers that learn messages")
    parser.add_argument("--reply-layers", type=int, default=2, help="layers added for replies")
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--peak", type=float, default=2e-3, help="highest learning rate on messages")
    parser.add_argument("--reply-peak", type=float, default=2e-3, help="highest learning rate on replies")
    parser.add_argument("--keeping", type=float, default=8.0, help="weight of answering on messages as before")
    parser.add_argument("--decay", type=float, default=0.1)
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--embedding-rate", type=float, default=0.2, help="learning rate of embeddings, as a share")
    parser.add_argument("--garbled", type=float, default=0.2, help="mean share of tokens replaced by random ones")
    parser.add_argument("--shuffled", type=float, default=0.3, help="share of messages read in random order")
    parser.add_argument("--known-rate", type=float, default=0.15, help="learning rate of known layers on replies, as a share")
    parser.add_argument("--bags", type=int, default=900, help="steps of the embeddings alone")
    parser.add_argument("--bagging", type=float, default=0.3, help="weight of the guesses from bare words")
    parser.add_argument("--guessing", type=float, default=1.0, help="weight of the guesses at each token")
    parser.add_argument("--grading", type=float, default=0.5, help="weight of the replies to grade")
    parser.add_argument("--leaning", type=float, default=-0.1, help="added to the logit of unsafe on messages")
    parser.add_argument("--keep-stages", action="store_true", help="write the model that knows messages alone as well")
    parser.add_argument("--report", type=int, default=50)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
