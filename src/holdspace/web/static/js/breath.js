// The circle that breathes: grows, holds, shrinks, rests, for the minutes that the step names.
(() => {
  const start = (root) => {
    if (root.dataset.ready) return;
    root.dataset.ready = "yes";
    root.hidden = false;
    const words = root.dataset.words.split("|");
    const circle = root.querySelector(".circle");
    const word = root.querySelector(".word");
    const go = root.querySelector('[data-breath="go"]');
    const pause = root.querySelector('[data-breath="pause"]');
    const parts = ["in", "hold", "out", "rest"].map((name, index) => ({ word: words[index], wide: index < 2, s: Number(root.dataset[name]) }));
    let part = 0;
    let left = 60 * Number(root.dataset.minutes);
    let timer = 0;
    const stop = () => {
      clearTimeout(timer);
      timer = 0;
      go.hidden = false;
      pause.hidden = true;
    };
    const next = () => {
      const now = parts[part % 4];
      part += 1;
      if (now.s === 0) return next();
      if (left <= 0) {
        word.textContent = words[4];
        return stop();
      }
      circle.style.transitionDuration = `${now.s}s`;
      circle.classList.toggle("wide", now.wide);
      word.textContent = `${now.word} · ${now.s}`;
      left -= now.s;
      timer = setTimeout(next, 1000 * now.s);
    };
    go.addEventListener("click", () => {
      go.hidden = true;
      pause.hidden = false;
      if (left <= 0) left = 60 * Number(root.dataset.minutes);
      part = 0;
      next();
    });
    pause.addEventListener("click", stop);
  };
  const all = () => document.querySelectorAll(".breath").forEach(start);
  document.body.addEventListener("htmx:afterSwap", (event) => {
    all();
    event.detail.target.querySelector("[data-focus]")?.focus({ preventScroll: true });
  });
  all();
})();
