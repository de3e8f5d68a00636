"""Looks at HTML pages in a browser: what they load, whether they fit a phone, and how they look.

    python3 scripts/check-page.py PAGE... [--pictures DIR]

Needs playwright and a Chromium, found on the PATH or installed by playwright. Exit code 3 where there is neither.
"""

import argparse
import shutil
import sys
from pathlib import Path

MOST_BYTES = 1 << 20
WIDTHS = {"phone": 390, "desktop": 1440}
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Of WCAG 2.2, level AA, for text of the usual size.
LEAST_CONTRAST = 4.5
LEAST_TEXT = 11

# Elements that stick out of the page, text that is hard to read, and drawn labels that lie on each other.
FAULTS = """({leastText, leastContrast}) => {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    faults.push(`page is ${root.scrollWidth} wide in a window of ${root.clientWidth}`);
  }
  const channels = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const over = (top, below) => {
    const alpha = top.length > 3 ? top[3] : 1;
    return [0, 1, 2].map(i => alpha * top[i] + (1 - alpha) * below[i]);
  };
  const light = colour => colour.slice(0, 3).map(c => c / 255)
    .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = element => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const colour = channels(getComputedStyle(e).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) layers.push(colour);
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const said = walker.currentNode.textContent.trim();
    const box = element.getBoundingClientRect();
    if (!said || !box.width || element.closest('title, style')) continue;
    const style = getComputedStyle(element);
    const drawn = element.closest('svg');
    const scale = drawn ? drawn.getBoundingClientRect().width / drawn.viewBox.baseVal.width : 1;
    const name = `${element.tagName} "${said.slice(0, 30)}"`;
    if (parseFloat(style.fontSize) * scale < leastText) faults.push(`${name}: text is too small`);
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const right = Math.max(...[...range.getClientRects()].map(r => r.right));
    if (right > root.clientWidth + 1) faults.push(`${name} ends at ${right}`);
    const below = behind(element);
    const [a, b] = [light(over(channels(drawn ? style.fill : style.color), below)), light(below)];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < leastContrast) faults.push(`${name}: contrast is ${contrast.toFixed(1)}`);
  }
  for (const svg of document.querySelectorAll('svg')) {
    const labels = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
    const frame = svg.getBoundingClientRect();
    labels.filter(([, a]) => a.left < frame.left || a.right > frame.right || a.bottom > frame.bottom)
      .forEach(([one]) => faults.push(`label "${one}" sticks out of its drawing`));
    labels.forEach(([one, a], i) => labels.slice(i + 1).forEach(([other, b]) => {
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) {
        faults.push(`labels "${one}" and "${other}" overlap`);
      }
    }));
  }
  return faults;
}"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", nargs="+", type=Path, metavar="PAGE")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="write what was seen as PNG and PDF")
    options = parser.parse_args()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("check-page: there is no playwright for this python3", file=sys.stderr)
        return 3
    faults = []
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, BROWSERS)), None)
        try:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        except Exception as e:
            print(f"check-page: no browser starts: {str(e).splitlines()[0]}", file=sys.stderr)
            return 3
        for page in options.pages:
            faults += [f"{page.name}: {fault}" for fault in looked_at(browser, page, options.pictures)]
        browser.close()
    for fault in faults:
        print(f"check-page: {fault}", file=sys.stderr)
    return 1 if faults else 0


def looked_at(browser, page, pictures):
    """What is wrong with a page."""
    text = page.read_text(encoding="utf-8")
    size = page.stat().st_size
    if size > MOST_BYTES:
        yield f"{size} bytes, more than {MOST_BYTES}"
    for width_name, width in WIDTHS.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=True
            )
            tab = context.new_page()
            asked, said = [], []
            tab.on("request", lambda request: asked.append(request.url))
            tab.on("console", lambda message: said.append(message.text))
            tab.goto(page.resolve().as_uri())
            where = f"{width_name}, {scheme}"
            if tab.locator("script, iframe, object, embed, link, img, [onload], [onerror]").count():
                yield f"{where}: an element that runs or loads something"
            if len(asked) != 1:
                yield f"{where}: it asks for {asked[1:]}"
            if said:
                yield f"{where}: the browser says {said}"
            # Closed parts have to fit, too.
            tab.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
            found = tab.evaluate(FAULTS, {"leastText": LEAST_TEXT, "leastContrast": LEAST_CONTRAST})
            for fault in list(dict.fromkeys(found))[:10]:
                yield f"{where}: {fault}"
            if pictures:
                pictures.mkdir(parents=True, exist_ok=True)
                tab.evaluate("document.querySelectorAll('details').forEach(part => part.open = false)")
                tab.screenshot(path=pictures / f"{page.stem}-{width_name}-{scheme}.png", full_page=True)
                if scheme == "dark" and width_name == "desktop":
                    tab.pdf(path=pictures / f"{page.stem}-print.pdf", prefer_css_page_size=True)
            context.close()
    if "<script" in text.lower():
        yield "there is a script in its text"


if __name__ == "__main__":
    sys.exit(main())
