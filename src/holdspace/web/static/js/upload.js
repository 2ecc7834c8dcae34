// Uploads: one request a file, so that each has its own real progress and its own answer.
(() => {
  const form = document.getElementById("upload");
  const drop = document.getElementById("drop");
  const input = document.getElementById("files");
  const queue = document.getElementById("queue");
  const text = document.getElementById("id_text");
  const said = form.dataset;
  const button = form.querySelector("button[type=submit]");
  let items = [];

  function element(tag, { className = "", text: content = "", ...more } = {}) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = content;
    return Object.assign(made, more);
  }

  function add(file, name = file.name) {
    const row = element("li");
    const item = { file, name, row, isPasted: name !== file.name, state: "ready" };
    const remove = element("button", { className: "link", text: said.saidRemove, type: "button" });
    remove.setAttribute("aria-label", `${said.saidRemove}: ${name}`);
    remove.addEventListener("click", () => { items = items.filter((other) => other !== item); row.remove(); input.focus(); });
    row.append(element("span", { className: "name", text: name }), remove);
    queue.append(row);
    items.push(item);
    if (file.size > Number(said.maxBytes)) fail(item, { problem: said.saidTooLarge });
  }

  function tell(item, ...lines) {
    item.row.querySelector(".said")?.remove();
    const place = element("div", { className: "said" });
    place.append(...lines.filter(Boolean));
    item.row.append(place);
  }

  function fail(item, { problem, line, expected, way_out: wayOut }) {
    item.state = "failed";
    item.row.querySelector("progress")?.remove();
    tell(
      item,
      element("p", { className: "bad", text: line ? `${said.saidLine} ${line}: ${problem}` : problem }),
      expected && element("p", { text: `${said.saidExpected}: ${expected}.` }),
      wayOut && element("p", { text: wayOut }),
    );
  }

  function succeed(item, answer) {
    item.state = "stored";
    item.url = answer.url;
    item.row.querySelector("progress")?.remove();
    item.row.querySelector("button")?.remove();
    const link = element("a", { text: said.saidWho, href: answer.url });
    const line = element("p", { text: `${said.saidStored} ` });
    line.append(link);
    tell(item, line);
  }

  function send(item) {
    const body = new FormData(form);
    body.delete("files");
    body.delete("text");
    if (item.isPasted) body.append("text", text.value);
    else body.append("files", item.file, item.name);
    const bar = element("progress", { max: 1, value: 0 });
    bar.setAttribute("aria-label", `${said.saidSending}: ${item.name}`);
    item.row.append(bar);
    tell(item, element("p", { className: "quiet", text: said.saidSending }));
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.responseType = "json";
      request.setRequestHeader("X-Holdspace-Upload", "1");
      request.upload.addEventListener("progress", ({ loaded, total }) => { bar.value = total ? loaded / total : 0; });
      request.upload.addEventListener("load", () => {
        bar.removeAttribute("value");
        tell(item, element("p", { className: "quiet", text: said.saidOpening }));
      });
      request.addEventListener("loadend", () => {
        const answer = request.response;
        if (request.status === 200 && answer?.url) succeed(item, answer);
        else fail(item, answer?.problem ? answer : { problem: request.status === 413 ? said.saidTooLarge : said.saidLost });
        done();
      });
      request.send(body);
    });
  }

  input.addEventListener("change", () => { [...input.files].forEach((file) => add(file)); input.value = ""; });
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    [...event.dataTransfer.files].forEach((file) => add(file));
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    items.filter((item) => item.isPasted && item.state === "failed").forEach((item) => item.row.remove());
    items = items.filter((item) => !(item.isPasted && item.state === "failed"));
    if (text.value.trim() && !items.some((item) => item.isPasted)) {
      add(new File([text.value], "pasted.txt", { type: "text/plain" }), said.saidPasted);
    }
    const ready = items.filter((item) => item.state === "ready");
    if (!ready.length && !items.some((item) => item.state === "stored")) {
      text.setCustomValidity(said.saidNothing);
      text.reportValidity();
      text.setCustomValidity("");
      return;
    }
    button.disabled = true;
    for (const item of ready) await send(item);
    button.disabled = false;
    if (items.length && items.every((item) => item.state === "stored")) location.assign(items[0].url);
    else if (!items.some((item) => item.isPasted && item.state === "failed") && items.some((item) => item.isPasted)) text.value = "";
  });
})();
