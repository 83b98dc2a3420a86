"""greetd's wire (greetd-ipc(7)): a length as four bytes in the machine's order, then that many bytes of JSON."""

import json
import os
import socket
import struct


def _receive(wire, length):
    data = b""
    while len(data) < length:
        piece = wire.recv(length - len(data))
        if not piece:
            raise ConnectionError("greetd closed the connection")
        data += piece
    return data


def _exchange(wire, message):
    data = json.dumps(message).encode()
    wire.sendall(struct.pack("=I", len(data)) + data)
    (length,) = struct.unpack("=I", _receive(wire, 4))
    return json.loads(_receive(wire, length))


def sign_in(user, password, command, environment):
    """Starts `command` with more of an environment for `user` when this login screen ends; None, or greetd's word for the refusal."""
    with socket.socket(socket.AF_UNIX) as wire:
        wire.connect(os.environ["GREETD_SOCK"])
        answer = _exchange(wire, {"type": "create_session", "username": user})
        while answer["type"] == "auth_message":
            secret = password if answer["auth_message_type"] == "secret" else None
            answer = _exchange(wire, {"type": "post_auth_message_response", "response": secret})
        if answer["type"] == "success":
            answer = _exchange(wire, {"type": "start_session", "cmd": command, "env": environment})
        if answer["type"] == "success":
            return None
        _exchange(wire, {"type": "cancel_session"})
        return answer.get("error_type", "error")
