/** How the stand-in of Teams behaves to the tab. */
export interface HostManners {
  /** What it answers when the tab asks who the person is: a token, or why it gives none. */
  answer(): readonly [isGiven: boolean, tokenOrReason: string];
}

/**
 * A page that shows another in a frame as Teams shows a tab, and speaks with it as TeamsJS expects: each message of the
 * frame names a function, and is answered with the same ids. The frame may do what the frames of Teams
 * may: https://github.com/OfficeDev/microsoft-teams-library-js/issues/346 is how downloads came in.
 */
export function hostPage(framed: string): string {
  return `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>A host</title><link rel="icon" href="data:,">
<style>body{margin:0;background:#ebebeb;font:14px sans-serif}header{padding:12px 20px;background:#464775;color:#fff}
iframe{display:block;width:100%;height:calc(100vh - 40px);border:0;background:#fff}</style>
<header>A stand-in of Teams, with the tab below</header>
<iframe src="${framed}" title="tab" sandbox="allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-pointer-lock allow-scripts allow-same-origin allow-downloads"></iframe>
<script>
const asked = [];
addEventListener('message', async ({ data, source, origin }) => {
  if (typeof data !== 'object' || typeof data.func !== 'string') return;
  asked.push(data.func);
  const answer = (args) => source.postMessage({ id: data.id, uuidAsString: data.uuidAsString, args }, origin);
  if (data.func === 'initialize') answer(['content', 'web', '', '2.0.0']);
  if (data.func === 'authentication.getAuthToken') answer(await (await fetch('/answer')).json());
});
</script></html>`;
}
