"""The network behind `check_reply`: reads a sentence within its reply, and the reply as a whole."""
