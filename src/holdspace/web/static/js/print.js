// The button does nothing without JavaScript, so it is shown only with it.
for (const button of document.querySelectorAll('[data-act="print"]')) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
