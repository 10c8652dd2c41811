"""Pupils who help (小馆员): named, trained, tested, appointed, on duty, met, judged and thanked."""
