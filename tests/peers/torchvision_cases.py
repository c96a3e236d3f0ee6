"""Write 40 random cases of torchvision.ops.SqueezeExcitation into a file: for each a line
`n c h w d act gate layout` and then, as little-endian floats, w1, b1, w2, b2, x and the answer, x and
the answer in the case's layout."""
import random
import sys

import torch
from torchvision.ops import SqueezeExcitation

ACTS = {"relu": torch.nn.ReLU, "silu": torch.nn.SiLU}
GATES = {"sigmoid": torch.nn.Sigmoid, "hard_sigmoid": torch.nn.Hardsigmoid}


def floats(t, layout=None):
    t = t.permute(0, 2, 3, 1) if layout == "nhwc" else t
    return t.detach().contiguous().numpy().astype("<f4").tobytes()


def case(out, pick):
    n, c = pick.randint(1, 4), pick.choice([1, 3, 16, 24, 40, 72, 96, 120, 256, 480])
    h, w = pick.choice([1, 2, 5, 7, 14, 28]), pick.choice([1, 3, 7, 14, 28])
    d = pick.randint(1, max(1, c // pick.choice([1, 2, 4, 16])))
    act, gate, layout = pick.choice(list(ACTS)), pick.choice(list(GATES)), pick.choice(
        ["nchw", "nhwc"])
    se = SqueezeExcitation(c, d, activation=ACTS[act], scale_activation=GATES[gate]).eval()
    x = torch.randn(n, c, h, w) + torch.randn(n, c, 1, 1)
    y = se(x.contiguous(memory_format=torch.channels_last) if layout == "nhwc" else x)
    out.write(f"{n} {c} {h} {w} {d} {act} {gate} {layout}\n".encode())
    for t in (se.fc1.weight, se.fc1.bias, se.fc2.weight, se.fc2.bias):
        out.write(floats(t))
    out.write(floats(x, layout) + floats(y, layout))


def main():
    torch.manual_seed(1)
    pick = random.Random(1)
    with torch.no_grad(), open(sys.argv[1], "wb") as out:
        for _ in range(40):
            case(out, pick)


main()
