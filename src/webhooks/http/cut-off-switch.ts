// The switch that ends a request before its answer. Pure but for being changed.

/** Ends one request. Not an `AbortController`: one costs as much as writing the request. */
export class CutOffSwitch {
  #isCut = false;
  #end = () => {};

  /** Ends the request; one that has not begun is ended when it does. */
  cut(): void {
    this.#isCut = true;
    this.#end();
  }

  /** Calls `end` when the request is to be ended; at once if it is already. */
  onCut(end: () => void): void {
    this.#end = end;
    if (this.#isCut) end();
  }
}
