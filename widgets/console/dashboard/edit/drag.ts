/** Carries a panel by its handle, by mouse, pen or finger. Panels are the elements with `data-panel`. */
export interface PanelDrag {
  /** Takes up a panel at `pointerdown` of its handle. */
  start(event: PointerEvent, id: string): void;
}

/** `over` hears each panel that the carried one comes to stand on; `settled` when it is let go, or Escape takes it back. */
export function panelDrag(
  over: (carried: string, onto: string) => void,
  settled: (carried: string, isTakenBack: boolean) => void,
): PanelDrag {
  return {
    start(event, id) {
      if (event.button !== 0) return;
      event.preventDefault();
      // On the window: the handle changes its place in the document while it is carried.
      const ending = new AbortController();
      const { signal } = ending;
      let last = id;
      const end = (isTakenBack: boolean) => {
        ending.abort();
        settled(id, isTakenBack);
      };
      const move = ({ clientX, clientY }: PointerEvent) => {
        const panel = document.elementsFromPoint(clientX, clientY).find((one) => one.matches('[data-panel]'));
        const onto = (panel as HTMLElement | undefined)?.dataset.panel;
        // Once it stands there the pointer is over the carried panel itself: nothing flickers.
        if (onto && onto !== last && onto !== id) over(id, onto);
        last = onto ?? id;
      };
      window.addEventListener('pointermove', move, { signal });
      window.addEventListener('pointerup', () => end(false), { signal });
      window.addEventListener('pointercancel', () => end(true), { signal });
      const takeBack = ({ key }: KeyboardEvent) => {
        if (key === 'Escape') end(true);
      };
      window.addEventListener('keydown', takeBack, { signal });
    },
  };
}
