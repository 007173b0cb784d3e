// What makes the pages pleasant; without it everything can be read and recorded all the same.

// A form is sent once: a second press while the first one is on its way does nothing.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
  if (form.dataset.sent === 'true') {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'true';
  for (const button of form.querySelectorAll('button[type="submit"]'))
    button.setAttribute('aria-busy', 'true');
});
// Back from the history a page is as it was left: its forms can be sent again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form')) delete form.dataset.sent;
});

// What was typed and not sent is not lost without a question.
// What stands in a form that was refused, or outlived its sign-in, was not sent either.
const unsent = new Set(
  [...document.querySelectorAll('form.entry')].filter(
    (form) => form.matches('[data-unsent]') || form.querySelector('#refusal') !== null,
  ),
);
document.addEventListener('input', (event) => {
  const form = event.target instanceof Element ? event.target.closest('form.entry') : null;
  if (form) unsent.add(form);
});
// Sending one form sends no other.
document.addEventListener('submit', (event) => {
  if (event.target instanceof Element) unsent.delete(event.target);
});
window.addEventListener('beforeunload', (event) => {
  if (unsent.size === 0) return;
  event.preventDefault();
  event.returnValue = '';
});

// What was refused is read out, and its first wrong field is next.
document.getElementById('refusal')?.focus();

// A slider for each clock: the date follows the hand, the page follows when it is let go. From the keyboard each
// step is a change: there the page follows with the enter key, or with the button.
const DAY_MS = 86_400_000;
for (const slider of document.querySelectorAll('input[data-dial]')) {
  if (!(slider instanceof HTMLInputElement)) continue;
  const date = document.getElementById(slider.dataset.dial ?? '');
  const first = Date.parse(`${slider.dataset.first}T00:00:00Z`);
  if (!(date instanceof HTMLInputElement) || Number.isNaN(first)) continue;
  slider.hidden = false;
  slider.addEventListener('input', () => {
    date.value = new Date(first + Number(slider.value) * DAY_MS).toISOString().slice(0, 10);
    slider.setAttribute('aria-valuetext', date.value);
  });
  let byKey = false;
  slider.addEventListener('pointerdown', () => {
    byKey = false;
  });
  slider.addEventListener('keydown', (event) => {
    byKey = true;
    if (event.key !== 'Enter') return;
    event.preventDefault();
    slider.form?.requestSubmit();
  });
  slider.addEventListener('change', () => {
    if (!byKey) slider.form?.requestSubmit();
  });
  date.addEventListener('change', () => {
    const chosen = Date.parse(`${date.value}T00:00:00Z`);
    if (!Number.isNaN(chosen)) slider.value = String(Math.round((chosen - first) / DAY_MS));
  });
}
// Empty fields of a GET form need not stand in the address that people share.
document.addEventListener('formdata', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== 'get') return;
  for (const [name, value] of [...event.formData]) if (value === '') event.formData.delete(name);
});

// A choice filters at once; words do with the enter key.
for (const form of document.querySelectorAll('form[data-filters]')) {
  if (!(form instanceof HTMLFormElement)) continue;
  for (const field of form.querySelectorAll('select, input[type="checkbox"]')) {
    field.addEventListener('change', () => form.requestSubmit());
  }
}

for (const button of document.querySelectorAll('button[data-print]')) {
  if (!(button instanceof HTMLButtonElement)) continue;
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

// A file whose hash is recorded need not travel: on a trusted page the browser computes the hash itself.
/** @param {ArrayBuffer} content */
async function sha256Hex(content) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
/** @param {HTMLFormElement} form @param {{ [name: string]: string }} fields */
function setHidden(form, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const known = form.querySelector(`input[type="hidden"][name="${name}"]`);
    const input = known instanceof HTMLInputElement ? known : document.createElement('input');
    Object.assign(input, { type: 'hidden', name, value });
    if (!known) form.append(input);
  }
}
for (const input of document.querySelectorAll('input[type="file"][data-hashed]')) {
  const form = input.closest('form');
  if (!(input instanceof HTMLInputElement) || !form || !crypto.subtle) continue;
  form.addEventListener(
    'submit',
    async (event) => {
      const file = input.files?.[0];
      if (!file || input.disabled) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const sha256 = await sha256Hex(await file.arrayBuffer());
      setHidden(form, { name: file.name, mediaType: file.type, bytes: String(file.size), sha256 });
      input.disabled = true;
      form.requestSubmit();
    },
    { capture: true },
  );
}
window.addEventListener('pageshow', () => {
  for (const input of document.querySelectorAll('input[type="file"][data-hashed]'))
    input.removeAttribute('disabled');
});
