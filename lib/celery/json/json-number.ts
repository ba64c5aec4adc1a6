/** A JSON number, which is also how Python's `str` writes a finite int or float. Sticky: sets `lastIndex`. */
export const JSON_NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
