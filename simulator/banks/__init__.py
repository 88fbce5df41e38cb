"""The packs of banks: whose names, people, numbers and words the whole program speaks.

The program is written in the words of the default pack. For another one every text is retold when it is read.
"""
