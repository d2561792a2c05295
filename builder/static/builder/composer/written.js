// What is written in parts of the page that are about to be drawn again, to put it back there.

export function written(before) {
  const all = before.flatMap((place) => [...place.querySelectorAll("input[id], textarea[id], select[id]")]);
  const kept = all.filter((each) => each === document.activeElement || isWritten(each));
  const { id, selectionStart, selectionEnd } = kept.find((each) => each === document.activeElement) ?? {};
  return (after) => {
    for (const each of kept) {
      const again = after.map((place) => place.querySelector(`#${CSS.escape(each.id)}`)).find(Boolean);
      if (each.type === "file") again?.replaceWith(each);
      else if (again) again.value = each.value;
      if (again && each.id === id) {
        const back = again.isConnected ? again : each;
        back.focus({ preventScroll: true });
        if (typeof selectionStart === "number") back.setSelectionRange(selectionStart, selectionEnd);
      }
    }
  };
}

function isWritten({ type, files, options, value, defaultValue }) {
  if (type === "file") return files.length > 0;
  return options ? [...options].some((each) => each.defaultSelected && !each.selected) : value !== defaultValue;
}
