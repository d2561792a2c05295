// The width of the preview: that of a screen, made smaller where the pane has less room.

import { say } from "./words.js";

const WIDTHS = [1280, 768, 375];
const SMALLEST = 0.6;
const MARGIN = 24;
const BELOW = 46;

export class Size {
  constructor(root, frame, canvas) {
    this.root = root;
    this.frame = frame;
    this.canvas = canvas;
    this.width = "auto";
    root.querySelectorAll("[data-width]").forEach((button) => button.addEventListener("click", () => this.resize(button.dataset.width)));
    root.querySelector("[data-width]").parentElement.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.fit()).observe(canvas);
    this.fit();
  }

  // The arrows go from one size to the next.
  key(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const buttons = [...this.root.querySelectorAll("[data-width]")];
    const next = buttons[(buttons.indexOf(event.target.closest("button")) + step + buttons.length) % buttons.length];
    event.preventDefault();
    next.focus();
    this.resize(next.dataset.width);
  }

  resize(width) {
    this.width = width;
    this.root.querySelectorAll("[data-width]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.width === width)));
    this.fit();
  }

  fit() {
    const room = this.canvas.clientWidth - MARGIN;
    const width = this.width === "auto" ? (WIDTHS.find((each) => room / each >= SMALLEST) ?? WIDTHS.at(-1)) : Number(this.width);
    const scale = Math.min(1, room / width);
    this.frame.style.width = `${width}px`;
    this.frame.style.transform = `scale(${scale})`;
    this.frame.style.left = `${Math.max(0, (room - width * scale) / 2)}px`;
    this.frame.style.height = `${Math.max(200, (this.canvas.clientHeight - BELOW) / scale)}px`;
    this.frame.style.marginRight = `${-(width - width * scale)}px`;
    this.frame.style.marginBottom = `${-(1 - scale) * this.frame.offsetHeight}px`;
    const name = say(width > 1000 ? "desktop" : width > 500 ? "tablet" : "phone");
    this.root.querySelector("[data-size]").textContent = say("size", { name, width, scale: Math.round(scale * 100) });
  }
}
