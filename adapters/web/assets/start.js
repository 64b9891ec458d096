// Every page works without this: it adds what GOV.UK's components do where scripts run.
import { initAll } from '/assets/govuk-frontend.min.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
initAll();

// What a slider stands at, in its own words.
for (const input of document.querySelectorAll('.scale__input')) {
  const chosen = input.parentElement.querySelector('.scale__chosen');
  const show = () => {
    const step = [...input.list.options].find((option) => option.value === input.value);
    chosen.value = step === undefined ? input.value : step.label;
    input.setAttribute('aria-valuetext', chosen.value);
  };
  input.addEventListener('input', show);
  chosen.hidden = false;
  show();
}

if (document.querySelector('[data-preview]') !== null) await import('/assets/preview.js');
