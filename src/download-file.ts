/** A file made for one member, who keeps it: it may hold their private text. */
export interface DownloadFile {
  /** As it is to be called on their computer, ending included. */
  readonly name: string;
  /** MIME, with the charset where it is text. */
  readonly type: string;
  readonly body: string | Buffer;
}
