// Sends without leaving the page, shows the answer sentence by sentence, resumes after a lost connection.
// Nothing that was said is kept in the browser.
(() => {
  const form = document.getElementById("say");
  if (!form) return;
  const box = form.querySelector("textarea");
  const trouble = document.getElementById("trouble");
  const open = new Map();

  const toEnd = (item) => item.scrollIntoView({ block: "end" });
  // A reply that is taller than the window is read from its beginning.
  const toReply = (item) => {
    const reply = item.querySelector(".machine");
    if (reply && reply.offsetHeight > innerHeight * 0.6) reply.scrollIntoView({ block: "start" });
    else toEnd(item);
  };

  const finish = async (item) => {
    const whole = item.dataset.whole;
    open.delete(item.id);
    try {
      const answer = await fetch(whole, { headers: { "HX-Request": "true" } });
      if (!answer.ok) throw new Error("no answer");
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("li.exchange");
      const current = document.getElementById(item.id);
      if (found && current) {
        current.replaceWith(found);
        window.htmx.process(found);
        if (found.dataset.stream) listen(found);
        else toReply(found);
      }
    } catch {
      setTimeout(() => finish(item), 2000);
    }
  };

  const listen = (item) => {
    if (!item.dataset.stream || open.has(item.id)) return;
    const said = item.querySelector(".streamed");
    const source = new EventSource(item.dataset.stream);
    open.set(item.id, source);
    source.addEventListener("sentence", (event) => {
      const number = event.lastEventId;
      if (said.querySelector(`[data-number="${number}"]`)) return;
      const span = document.createElement("span");
      span.dataset.number = number;
      span.textContent = `${JSON.parse(event.data)} `;
      said.append(span);
      toEnd(item);
    });
    for (const name of ["done", "failed"]) {
      source.addEventListener(name, () => {
        source.close();
        finish(item);
      });
    }
  };

  const listenToAll = () => document.querySelectorAll("li.exchange[data-stream]").forEach(listen);

  document.body.addEventListener("htmx:afterSwap", () => {
    listenToAll();
    const last = document.querySelector("#turns > li:last-child");
    if (last) toEnd(last);
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form) return;
    if (event.detail.successful) {
      box.value = "";
      trouble.hidden = true;
      form.elements.key.value = crypto.randomUUID ? crypto.randomUUID() : randomKey();
      document.querySelector(".beginning")?.remove();
    } else {
      trouble.hidden = false;
    }
    box.focus();
  });
  const randomKey = () =>
    "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
      (+c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (+c / 4)))).toString(16),
    );
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && matchMedia("(pointer: fine)").matches) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  listenToAll();
  const last = document.querySelector("#turns > li:last-child");
  if (last) toReply(last);
})();
