"""ResNet-50 with and without SE in PyTorch, one thread, one image of 224x224: what a framework's user sees, eager and
scripted. Passes of both take turns, so that a slow minute of the machine is in both; what is compared is the median of
the ratios of neighbours. Says so and ends where torchvision is not installed. With the path of a result of
`secost bench --network --save`, what it measured is added to that, where the report of the paper's claim finds it."""
import json
import statistics
import sys
import time

try:
    import torch
    import torchvision
    from torchvision.models.resnet import Bottleneck, ResNet
    from torchvision.ops import SqueezeExcitation
except ImportError as missing:
    print(f"PyTorch's pair is left out: {missing} (Debian: python3-torchvision)")
    sys.exit(0)

PAIRS = 15


class SEBottleneck(Bottleneck):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        channels = self.conv3.out_channels
        self.bn3 = torch.nn.Sequential(self.bn3, SqueezeExcitation(channels, channels // 16))


def pass_ms(net, image):
    begin = time.perf_counter()
    net(image)
    return 1e3 * (time.perf_counter() - begin)


def compare(name, without, with_se, image):
    for _ in range(3):
        without(image), with_se(image)
    pairs = [(pass_ms(without, image), pass_ms(with_se, image)) for _ in range(PAIRS)]
    ratios = sorted(b / a for a, b in pairs)
    low, high = ratios[3], ratios[-4]  # 96 % of the median of 15, by ranks
    peer = {
        "name": f"PyTorch {name} ({torch.__version__})",
        "without_ns": 1e6 * statistics.median(a for a, _ in pairs),
        "with_ns": 1e6 * statistics.median(b for _, b in pairs),
        "over": statistics.median(ratios) - 1,
        "over_low": low - 1,
        "over_high": high - 1,
    }
    print(
        f"{peer['name']}: {peer['without_ns'] / 1e6:.1f} ms -> {peer['with_ns'] / 1e6:.1f} ms, "
        f"{100 * peer['over']:+.1f} % [{100 * peer['over_low']:+.1f}, {100 * peer['over_high']:+.1f}]"
    )
    return peer


def add_to(path, peers):
    with open(path, encoding="utf-8") as file:
        result = json.load(file)
    result["peers"] = peers
    with open(path, "w", encoding="utf-8") as file:
        json.dump(result, file, indent=2, ensure_ascii=False)
        file.write("\n")


def main():
    torch.set_num_threads(1)
    torch.manual_seed(1)
    image = torch.rand(1, 3, 224, 224)
    nets = [ResNet(block, [3, 4, 6, 3]).eval() for block in (Bottleneck, SEBottleneck)]
    with torch.inference_mode():
        peers = [compare("eager", *nets, image)]
        scripted = [torch.jit.freeze(torch.jit.script(net)) for net in nets]
        peers.append(compare("scripted", *scripted, image))
    if len(sys.argv) > 1:
        add_to(sys.argv[1], peers)


main()
