"""Two models in one: a guest learns beside a host that stays as it is, and both become one checkpoint.

Dimensions, heads and units of the guest stand behind those of the host, and neither reads the other's; the logits add
up. What is left of one in the other is the norm, which is taken over all dimensions. So the guest's part is written so
small, and its gains so large, that norms are the host's alone. The host then computes what it computed before.
"""

import torch
from torch import nn

from llama import EPSILON, Llama, Norm, Shape

# A power of two, so that scaling by it loses nothing in bf16.
SMALL = 2.0**-5


class Guest:
    """A model whose norms are those of a host, which reads the same tokens at the same time."""

    def __init__(self, model, host, batches):
        """Gains are set so that the model starts, on these batches, near what it computed by its own norms."""
        self.model, self.host = model, host
        self.share = host.shape.hidden / (host.shape.hidden + model.shape.hidden)
        inputs = [NormInputs(each) for each in (model, host)]
        for batch in batches:
            for each in (model, host):
                past = each.prefix(batch.prefix)
                for part in batch.parts:
                    each(part.ids, past)
        with torch.no_grad():
            for name, norm in norms(model):
                own, outer = (torch.cat([squares.flatten() for squares in seen.taken[name]]) for seen in inputs)
                scale = (own / (self.share * outer)).log().mean().exp()
                parent, _, attribute = name.rpartition(".")
                setattr(model.get_submodule(parent), attribute, GuestNorm(norm.weight, scale))
        for seen in inputs:
            seen.close()
        self.outer = NormInputs(host)

    def prefix(self, ids):
        """Keys and values of a prefix: the host's, and the guest's."""
        with torch.no_grad():
            outer = self.observed(lambda host: host.prefix(ids))
        return outer, self.model.prefix(ids)

    def __call__(self, ids, past):
        """Final hidden states of the guest, and of the host."""
        with torch.no_grad():
            outer = self.observed(lambda host: host(ids, past[0]))
        return self.model(ids, past[1]), outer

    def observed(self, run):
        """What the host gives; its norms become the guest's."""
        self.outer.taken.clear()
        given = run(self.host)
        for name, norm in self.norms().items():
            norm.squares = self.share * self.outer.taken[name][0]
        return given

    def norms(self):
        return {name: norm for name, norm in self.model.named_modules() if isinstance(norm, GuestNorm)}

    def go_over(self, foreign):
        """To what share the norms are the host's."""
        for norm in self.norms().values():
            norm.foreign = foreign

    def joined(self):
        """Both as one model; the norms have to be the host's by now."""
        host, guest = self.host, self.model
        model = Llama(shape_of_both(host.shape, guest.shape), host.rope, guest.answers)
        parts = [dict(each.named_parameters()) for each in (host, guest)]
        gains = {f"{name}.weight": norm.gains() for name, norm in self.norms().items()}
        with torch.no_grad():
            for name, parameter in model.named_parameters():
                outer, inner = (part[name] for part in parts)
                if name == "norm.weight":
                    # Twice: what the norm takes in is small, and so are the output weights.
                    parameter.copy_(torch.cat([outer * self.share**0.5, gains[name] / SMALL**2]))
                elif parameter.dim() == 1:
                    parameter.copy_(torch.cat([outer * self.share**0.5, gains[name] / SMALL]))
                elif name == "embed_tokens.weight":
                    parameter.copy_(torch.cat([outer, inner * SMALL], 1))
                else:
                    writes = name.endswith(("o_proj.weight", "down_proj.weight"))
                    parameter.copy_(torch.block_diag(outer, inner * SMALL if writes else inner))
        return model


class GuestNorm(nn.Module):
    """A norm that goes over from its own mean squares to those of another, which are scaled to be alike on average."""

    def __init__(self, weight, scale):
        super().__init__()
        self.weight, self.scale, self.squares, self.foreign = weight, scale, None, 0.0

    def forward(self, x):
        outer = self.scale * (self.squares + EPSILON)
        if self.foreign == 1.0:
            return x * outer.rsqrt() * self.weight
        own = x.pow(2).mean(-1, keepdim=True) + EPSILON
        return x * own.pow((self.foreign - 1) / 2) * outer.pow(-self.foreign / 2) * self.weight

    def gains(self):
        """What the gains are without the scale."""
        return self.weight * self.scale.rsqrt()


class NormInputs:
    """Watches the mean squares [rows, length, 1] of what each norm of a model takes in, by the norm's name."""

    def __init__(self, model):
        self.taken = {}
        self.hooks = [norm.register_forward_hook(self.noting(name)) for name, norm in norms(model)]

    def noting(self, name):
        def note(_, taken, __):
            self.taken.setdefault(name, []).append(taken[0].detach().pow(2).mean(-1, keepdim=True))

        return note

    def close(self):
        for hook in self.hooks:
            hook.remove()


def norms(model):
    return [(name, module) for name, module in model.named_modules() if isinstance(module, Norm)]


def shape_of_both(host, guest):
    if (host.layers, host.head, host.groups) != (guest.layers, guest.head, guest.groups):
        raise ValueError(f"models of unlike layers or heads cannot be joined: {host}, {guest}")
    return Shape(
        host.vocabulary,
        host.hidden + guest.hidden,
        host.intermediate + guest.intermediate,
        host.layers,
        host.heads + guest.heads,
        host.kv_heads + guest.kv_heads,
        host.head,
    )
