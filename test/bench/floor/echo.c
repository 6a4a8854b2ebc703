// The physical floor: an echo server that finds "id" and "message" by searching, over large buffered reads and writes.
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *in, *out;
static size_t inCapacity, inLength, outCapacity, outLength;

static void put(const char *bytes, size_t length) {
  if (outLength + length > outCapacity) {
    outCapacity = (outLength + length) * 2;
    out = realloc(out, outCapacity);
  }
  memcpy(out + outLength, bytes, length);
  outLength += length;
}

static void putText(const char *text) { put(text, strlen(text)); }

static void flush(void) {
  for (size_t at = 0; at < outLength;) {
    ssize_t written = write(1, out + at, outLength - at);
    if (written <= 0) exit(1);
    at += written;
  }
  outLength = 0;
}

static void putMessage(char *line, char *end) {
  char *key = memmem(line, end - line, "\"message\":", 10);
  if (!key) return putText("\"\"");
  char *open = key + 10, *close = open + 1;
  while (close < end && *close != '"') close += (*close == '\\') ? 2 : 1;
  put(open, close + 1 - open);
}

static void answer(char *line, size_t length) {
  char *end = line + length;
  size_t head = length < 160 ? length : 160;
  char *id = memmem(line, head, "\"id\":", 5);
  if (!id) return; // a notification
  id += 5;
  char *idEnd = id;
  while (idEnd < end && *idEnd != ',' && *idEnd != '}') idEnd++;

  putText("{\"jsonrpc\":\"2.0\",\"id\":");
  put(id, idEnd - id);
  putText(",\"result\":");
  if (memmem(line, head, "\"initialize\"", 12)) {
    putText("{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{}},"
            "\"serverInfo\":{\"name\":\"floor-c\",\"version\":\"1\"}}");
  } else if (memmem(line, head, "\"tools/list\"", 12)) {
    putText("{\"tools\":[{\"name\":\"echo\",\"inputSchema\":{\"type\":\"object\"}}]}");
  } else if (memmem(line, head, "\"tools/call\"", 12)) {
    putText("{\"content\":[{\"type\":\"text\",\"text\":");
    putMessage(line, end);
    putText("}]}");
  } else {
    putText("{}");
  }
  putText("}\n");
}

int main(void) {
  inCapacity = 1 << 20;
  in = malloc(inCapacity);
  for (;;) {
    if (inLength == inCapacity) {
      inCapacity *= 2;
      in = realloc(in, inCapacity);
    }
    ssize_t got = read(0, in + inLength, inCapacity - inLength);
    if (got <= 0) return 0;
    size_t start = 0, search = inLength;
    inLength += got;
    for (char *newline; (newline = memchr(in + search, '\n', inLength - search));) {
      answer(in + start, newline - in - start);
      start = search = newline - in + 1;
    }
    memmove(in, in + start, inLength - start);
    inLength -= start;
    flush();
  }
}
