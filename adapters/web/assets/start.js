// Every page works without this: it adds what GOV.UK's components do where scripts run.
import { initAll } from '/assets/govuk-frontend.min.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
initAll();
