print("digitgen")
