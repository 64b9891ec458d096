// Signs people in to the tab by what Teams knows of them: we ask it for a token, and send that to ourselves.
const api = window.microsoftTeams;

/** Outside Teams nobody answers; in it the answer takes a moment. */
const answerMs = 10_000;
/** Teams may ask the person for a permission meanwhile. */
const tokenMs = 60_000;

function show(step) {
  for (const part of document.querySelectorAll('[data-step]')) part.hidden = part.dataset.step !== step;
}

function within(ms, promise) {
  const tooLate = new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), ms));
  return Promise.race([promise, tooLate]);
}

async function isInTeams() {
  try {
    await within(answerMs, api.app.initialize());
    return true;
  } catch {
    return false;
  }
}

/** https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-code */
async function askForToken() {
  try {
    return await within(tokenMs, api.authentication.getAuthToken());
  } catch (error) {
    show(/consent|grant|interaction|mfa/i.test(String(error)) ? 'consent' : 'failed');
    return undefined;
  }
}

if (await isInTeams()) {
  api.app.notifySuccess().catch(() => {});
  const token = await askForToken();
  if (token !== undefined) {
    const form = document.getElementById('sign-in');
    form.elements.namedItem('token').value = token;
    form.submit();
  }
} else {
  show('outside');
}
